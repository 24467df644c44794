package io.postern.device;

import io.postern.event.About;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A computer that a second factor was just proven on.
 *
 * @param about the approval
 * @param version the subject's version that the factor was proven with
 * @param days how long it is to be remembered
 * @param known the device that it has been until now; null where there was none
 */
public record NewDevice(
        Computer computer,
        About about,
        long version,
        Instant provenAt,
        int days,
        @Nullable UUID known) {}
