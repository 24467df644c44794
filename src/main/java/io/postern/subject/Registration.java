package io.postern.subject;

import io.postern.input.Text;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Pattern;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What an application tells of a person. What is left out stays as it is. */
@Schema(name = "Registration", additionalProperties = Schema.False.class)
public record Registration(
        @Email
        @Text(max = 254)
        @Schema(
                description = "Where notices go, and the account's name in authenticator apps",
                format = "email",
                maxLength = 254)
        @Nullable
        String email,

        @Text(max = 128) @Schema(description = "The person's name", minLength = 1, maxLength = 128) @Nullable
        String displayName,

        @Pattern(regexp = "[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", message = "must be a language tag (RFC 5646)")
        @Text(max = 35)
        @Schema(description = "A language tag (RFC 5646)", maxLength = 35)
        @Nullable
        String locale) {

    /** Whether storing this would change the address that notices go to. */
    public boolean changesEmail(SubjectRecord subject) {
        return email != null && !Objects.equals(email, subject.email());
    }
}
