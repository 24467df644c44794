package io.postern.importing;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How far an import is. */
@Schema(
        name = "Import",
        requiredProperties = {
            "id",
            "tell_people",
            "lines_done",
            "imported",
            "already_there",
            "refused",
            "created_at",
            "updated_at"
        })
@RegisterForReflection
record ImportState(
        UUID id,
        boolean tellPeople,

        @Schema(description = "Lines of the file that are done; go on after them")
        long linesDone,

        @Schema(description = "Of them, those that were stored")
        long imported,

        @Schema(description = "Of them, those that were stored before, by this import or another way")
        long alreadyThere,

        @Schema(description = "Of them, those that were not stored; the report says why")
        long refused,

        Instant createdAt,
        Instant updatedAt) {}
