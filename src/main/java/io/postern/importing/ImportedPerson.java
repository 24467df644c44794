package io.postern.importing;

import io.postern.input.Text;
import io.postern.subject.SubjectId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A line of an import: one person, with all factors that move. */
@Schema(name = "ImportedPerson", additionalProperties = Schema.False.class)
@RegisterForReflection
record ImportedPerson(
        @NotNull
        @Text(max = SubjectId.MAX)
        @Schema(description = "The application's own id of the person", minLength = 1, maxLength = 128)
        String subject,

        @Email
        @Text(max = 254)
        @Schema(description = "Where notices go; stored where none is known", format = "email", maxLength = 254)
        @Nullable
        String email,

        @Text(max = 128) @Schema(description = "Stored where none is known", minLength = 1, maxLength = 128) @Nullable
        String displayName,

        @Pattern(regexp = "[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", message = "must be a language tag (RFC 5646)")
        @Text(max = 35)
        @Schema(description = "A language tag (RFC 5646); stored where none is known", maxLength = 35)
        @Nullable
        String locale,

        @Size(max = 10)
        @Schema(description = "The first is offered first; without any the person is registered only")
        @Nullable
        List<@NotNull @Valid ImportedFactor> factors) {

    /** No path can name them (RULES B3). */
    @AssertTrue(message = "cannot be named by a path")
    @Schema(hidden = true)
    boolean isSubject() {
        return !".".equals(subject) && !"..".equals(subject);
    }

    List<ImportedFactor> factorsOrNone() {
        return factors == null ? List.of() : factors;
    }

    /** Tells nobody's name. */
    @Override
    public String toString() {
        return "ImportedPerson[…]";
    }
}
