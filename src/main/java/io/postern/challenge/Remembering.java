package io.postern.challenge;

import io.postern.device.Computer;
import io.postern.device.NewDevice;
import io.postern.device.Remembered;
import io.postern.device.RememberedDevices;
import io.postern.problem.LoggedFailure;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Remembers the computer of a sign-in that was just approved: one statement, and none where it is not to be. */
@Singleton
class Remembering {

    private static final Logger LOG = Logger.getLogger(Remembering.class);

    private final RememberedDevices devices;

    Remembering(RememberedDevices devices) {
        this.devices = devices;
    }

    /**
     * Best effort: the approval stands, and a computer that is not remembered is asked again.
     *
     * @param wish the {@code remember_device} of the call
     */
    Optional<Remembered> after(Try attempt, @Nullable Boolean wish, Instant provenAt) {
        if (Boolean.FALSE.equals(wish) || !mayBeRemembered(attempt)) {
            return Optional.empty();
        }
        try {
            return devices.remember(device(attempt, provenAt));
        } catch (RuntimeException failure) {
            LOG.warnf(
                    "A computer could not be remembered and is asked again at the next sign-in: %s",
                    LoggedFailure.describe(failure));
            return Optional.empty();
        }
    }

    /** RULES G2: what stands in for a lost factor does not also spare the next proofs. */
    private static boolean mayBeRemembered(Try attempt) {
        return attempt.state().rememberedDays() > 0 && !attempt.factor().type().isFallback();
    }

    private static NewDevice device(Try attempt, Instant provenAt) {
        var state = attempt.state();
        var computer = new Computer(
                attempt.application(),
                state.subject(),
                state.subjectId(),
                attempt.client(),
                state.ip(),
                state.userAgent());
        return new NewDevice(
                computer, attempt.about(), state.version(), provenAt, state.rememberedDays(), state.device());
    }
}
