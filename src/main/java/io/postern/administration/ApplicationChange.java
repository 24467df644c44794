package io.postern.administration;

import io.postern.input.Text;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is to change of an application; what is left out stays as it is. */
@Schema(name = "ApplicationChange", additionalProperties = Schema.False.class)
record ApplicationChange(
        @Text(max = NewApplication.LONGEST_NAME)
        @Schema(
                description = "As people read it, also in their authenticator apps",
                minLength = 1,
                maxLength = NewApplication.LONGEST_NAME)
        @Nullable
        String name,

        @Size(max = NewApplication.MOST_ADDRESSES)
        @Schema(
                description = "All addresses that hosted pages may send a browser back to",
                maxItems = NewApplication.MOST_ADDRESSES)
        @Nullable
        List<@NotNull @ReturnAddress String> returnAddresses) {}
