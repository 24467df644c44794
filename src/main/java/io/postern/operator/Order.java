package io.postern.operator;

import io.postern.event.Errand;
import io.postern.input.Text;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Why something is done to an operator (RULES F4). */
@Schema(name = "OperatorOrder", additionalProperties = Schema.False.class)
record Order(
        @NotNull
        @Text(max = Errand.MOST_REASON)
        @Size(min = Errand.LEAST_REASON, message = "must be at least {min} characters")
        @Schema(description = Order.REASON_MEANS, minLength = 3, maxLength = 500)
        String reason) {

    static final String REASON_MEANS = "Why; kept in the audit trail";
}
