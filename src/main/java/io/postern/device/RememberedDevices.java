package io.postern.device;

import io.postern.event.About;
import io.postern.event.SecurityEvent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Remembers computers and knows them again (RULES G1, G2). */
@Singleton
public class RememberedDevices {

    /** Another computer may take the same place at the same moment; there are ten. */
    private static final int MOST_TRIES = 5;

    private final DeviceTokens tokens;
    private final DeviceUse use;
    private final DeviceInsert insert;
    private final Forgetting forgetting;
    private final Event<SecurityEvent> events;

    RememberedDevices(
            DeviceTokens tokens,
            DeviceUse use,
            DeviceInsert insert,
            Forgetting forgetting,
            Event<SecurityEvent> events) {
        this.tokens = tokens;
        this.use = use;
        this.insert = insert;
        this.forgetting = forgetting;
        this.events = events;
    }

    /** The token that a text is; empty for one that was never issued to this person of this application. */
    public Optional<DeviceToken> read(Computer computer, @Nullable String text) {
        return tokens.read(computer, text);
    }

    /**
     * Knows a computer again by its token, which is used up by that. One that was used up before ends the device, and its
     * person is told: somebody else may have it.
     *
     * @param days how long the policy lets a computer be remembered now
     */
    public Optional<Remembered> recall(Computer computer, DeviceToken token, int days) {
        var successor = tokens.successor(computer, token);
        var digest = tokens.digest(token);
        return switch (use.use(computer, token, digest, tokens.digest(successor), days)) {
            case DeviceUse.Worth.Good good -> {
                events.fire(new SecurityEvent.DeviceUsed(about(computer)));
                yield Optional.of(new Remembered(token.series(), successor.text(), good.end(), good.provenAt()));
            }
            case DeviceUse.Worth.Stale stale -> {
                forgetting.endReused(computer, token, digest);
                yield Optional.empty();
            }
            case DeviceUse.Worth.Nothing nothing -> Optional.empty();
        };
    }

    /** Remembers a computer; empty when the person's factors or wishes have changed since the proof. */
    public Optional<Remembered> remember(NewDevice device) {
        var token = tokens.first(device.computer());
        var digest = tokens.digest(token);
        var end = device.provenAt().plus(Duration.ofDays(device.days()));
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            switch (insert.insert(device, token, digest, end)) {
                case ADDED_FOR_OLDEST -> {
                    events.fire(new SecurityEvent.DeviceReplaced(device.about()));
                    return Optional.of(added(device, token, end));
                }
                case ADDED -> {
                    return Optional.of(added(device, token, end));
                }
                case CHANGED -> {
                    return Optional.empty();
                }
                case PLACE_TAKEN -> {}
            }
        }
        return Optional.empty();
    }

    private Remembered added(NewDevice device, DeviceToken token, Instant end) {
        events.fire(new SecurityEvent.DeviceRemembered(device.about()));
        return new Remembered(token.series(), token.text(), end, device.provenAt());
    }

    private static About about(Computer computer) {
        return About.subject(computer.application(), computer.subjectId(), computer.client());
    }
}
