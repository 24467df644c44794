package io.postern.importing;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What became of a line; names nobody and quotes nothing. */
@Schema(
        name = "ReportLine",
        requiredProperties = {"line", "outcome"})
@RegisterForReflection
record ReportLine(
        @Schema(description = "The number of the line in the file, from 1")
        long line,

        Outcome outcome,

        @Schema(description = "The problem code of a refused line") @Nullable
        String code,

        @Schema(description = "Which of the line's factors was refused, from 0") @Nullable
        Integer factor,

        @Schema(description = "Which field was refused") @Nullable
        String field) {}
