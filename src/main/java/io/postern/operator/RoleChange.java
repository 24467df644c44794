package io.postern.operator;

import io.postern.event.Errand;
import io.postern.input.Text;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Another role for an operator. */
@Schema(name = "OperatorRoleChange", additionalProperties = Schema.False.class)
record RoleChange(
        @NotNull OperatorRole role,

        @NotNull
        @Text(max = Errand.MOST_REASON)
        @Size(min = Errand.LEAST_REASON, message = "must be at least {min} characters")
        @Schema(description = Order.REASON_MEANS, minLength = 3, maxLength = 500)
        String reason) {}
