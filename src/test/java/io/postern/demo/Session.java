package io.postern.demo;

import io.postern.demo.client.RecoveryCodes;
import io.postern.demo.page.Notice;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What the server remembers of one visitor. The browser holds the id and nothing else. */
final class Session {
    private static final Duration IDLE = Duration.ofMinutes(30);

    private final String id;
    private final Standing standing;
    private final Instant start;
    private volatile Instant lastSeen;
    private final AtomicReference<@Nullable Notice> notice = new AtomicReference<>();
    private final AtomicReference<@Nullable StepUp> stepUp = new AtomicReference<>();
    private final AtomicReference<@Nullable SetUp> setUp = new AtomicReference<>();
    private final AtomicReference<@Nullable Draft> draft = new AtomicReference<>();
    private final AtomicReference<@Nullable RecoveryCodes> recoveryCodes = new AtomicReference<>();

    Session(String id, Standing standing, Instant start) {
        this.id = id;
        this.standing = standing;
        this.start = start;
        this.lastSeen = start;
    }

    String id() {
        return id;
    }

    Standing standing() {
        return standing;
    }

    void seen(Instant now) {
        lastSeen = now;
    }

    boolean isOver(Instant now) {
        return !now.isBefore(start.plus(standing.lifetime())) || !now.isBefore(lastSeen.plus(IDLE));
    }

    /** Leaves a sentence for the next page. */
    void leave(Notice next) {
        notice.set(next);
    }

    Optional<Notice> takeNotice() {
        return Optional.ofNullable(notice.getAndSet(null));
    }

    Optional<StepUp> stepUp() {
        return Optional.ofNullable(stepUp.get());
    }

    void begin(StepUp begun) {
        stepUp.set(begun);
    }

    void endStepUp() {
        stepUp.set(null);
    }

    Optional<SetUp> setUp() {
        return Optional.ofNullable(setUp.get());
    }

    void begin(SetUp begun) {
        setUp.set(begun);
    }

    /** Leaves a set-up alone that has ended or gone on meanwhile. */
    void replace(SetUp known, SetUp newer) {
        setUp.compareAndSet(known, newer);
    }

    void endSetUp() {
        setUp.set(null);
    }

    Optional<Draft> draft() {
        return Optional.ofNullable(draft.get());
    }

    void begin(Draft begun) {
        draft.set(begun);
    }

    void endDraft() {
        draft.set(null);
    }

    /** New recovery codes, until the person has kept them: Postern shows them this once, and a page may be drawn again. */
    Optional<RecoveryCodes> recoveryCodes() {
        return Optional.ofNullable(recoveryCodes.get());
    }

    void show(RecoveryCodes codes) {
        recoveryCodes.set(codes);
    }

    void forgetRecoveryCodes() {
        recoveryCodes.set(null);
    }
}
