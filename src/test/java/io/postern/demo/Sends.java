package io.postern.demo;

import io.postern.demo.client.SentCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What became of the codes that were asked for in one challenge, factor by factor. */
final class Sends {
    /**
     * What became of the last one.
     *
     * @param sent    the newest code that went out
     * @param refusal why none went out after it
     * @param again   when a refused wish may be repeated
     */
    record State(Optional<SentCode> sent, Optional<String> refusal, Optional<Instant> again) {
        static final State NONE = new State(Optional.empty(), Optional.empty(), Optional.empty());

        static State of(SentCode code) {
            return new State(Optional.of(code), Optional.empty(), Optional.empty());
        }

        /** The same code, as far as it is now. */
        State now(SentCode code) {
            return new State(Optional.of(code), refusal, again);
        }

        /** The code that went out before stays as good as it was. */
        State refused(SendRefusal why, Instant now) {
            return new State(sent, Optional.of(why.sentence()), why.pause().map(now::plus));
        }

        /** Whether more is still to become of the newest code. */
        boolean isOpen() {
            return sent.filter(code -> !code.delivery().isFinal()).isPresent();
        }

        /** How long it is until another code may be asked for; zero where that is now. */
        Duration pause(Instant now) {
            return again.or(() -> sent.map(SentCode::resendAfter))
                    .map(next -> Duration.between(now, next))
                    .filter(Duration::isPositive)
                    .orElse(Duration.ZERO);
        }

        /** Why no code went out, until the wish may be repeated. */
        Optional<String> refusal(Instant now) {
            return refusal.filter(
                    why -> again.filter(next -> !next.isAfter(now)).isEmpty());
        }
    }

    private final ConcurrentMap<String, State> states = new ConcurrentHashMap<>();

    State of(String factor) {
        return states.getOrDefault(factor, State.NONE);
    }

    void put(String factor, State state) {
        states.put(factor, state);
    }
}
