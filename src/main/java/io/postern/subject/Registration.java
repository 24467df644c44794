package io.postern.subject;

import io.postern.input.Text;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Pattern;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What an application tells of a person. What is left out stays as it is. */
@Schema(name = "Registration")
public record Registration(
        @Email @Text(max = 254) @Schema(examples = "owner@example.com") @Nullable
        String email,

        @Text(max = 128) @Schema(examples = "Owner") @Nullable
        String displayName,

        @Pattern(regexp = "[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", message = "must be a language tag (RFC 5646)")
        @Text(max = 35)
        @Schema(examples = "en")
        @Nullable
        String locale) {

    /** Whether storing this would change the address that notices go to. */
    public boolean changesEmail(SubjectRecord subject) {
        return email != null && !Objects.equals(email, subject.email());
    }
}
