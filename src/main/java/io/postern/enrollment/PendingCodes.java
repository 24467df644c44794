package io.postern.enrollment;

import io.postern.application.Applications;
import io.postern.code.CodeHolder;
import io.postern.code.CodeOrder;
import io.postern.code.CodeSender;
import io.postern.code.Sent;
import io.postern.code.SentCodes;
import io.postern.factor.Destination;
import io.postern.factor.FactorType;
import io.postern.factor.Factors;
import io.postern.message.Occasion;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.postern.sending.SendLimits;
import io.postern.store.Script;
import io.postern.store.Scripts;
import io.postern.subject.SlotTags;
import io.postern.subject.SubjectRecord;
import io.postern.subject.Subjects;
import io.postern.throttle.Backoff;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The codes that prove an address or a number, before its factor is active (RULES E1: unproven, F3). */
@Singleton
class PendingCodes {

    /** KEYS: the pending factor's. ARGV: factor, digest, end of the code, when the next may be sent, when it is queued, life of the key. */
    private static final Script PUT = new Script(SentCodes.LUA + """
            put_code(KEYS[1], ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5])
            redis.call('PEXPIRE', KEYS[1], ARGV[6])
            return 1
            """);

    /** ARGV: factor, digest. */
    private static final Script TAKE = new Script(Backoff.LUA + SentCodes.LUA + """
            return take_code(KEYS[1], ARGV[1], ARGV[2], now_ms()) and 1 or 0
            """);

    /** ARGV: factor, digest. */
    private static final Script FITS = new Script(Backoff.LUA + SentCodes.LUA + """
            return fits_code(KEYS[1], ARGV[1], ARGV[2], now_ms()) and 1 or 0
            """);

    private final Applications applications;
    private final Subjects subjects;
    private final EnrolledFactor.Repository repository;
    private final FactorChanges changes;
    private final FactorViews views;
    private final Factors factors;
    private final CodeSender sender;
    private final SendLimits limits;
    private final SentCodes codes;
    private final Scripts scripts;
    private final SlotTags slots;
    private final Clock clock;

    PendingCodes(
            Applications applications,
            Subjects subjects,
            EnrolledFactor.Repository repository,
            FactorChanges changes,
            FactorViews views,
            Factors factors,
            CodeSender sender,
            SendLimits limits,
            SentCodes codes,
            Scripts scripts,
            SlotTags slots,
            Clock clock) {
        this.applications = applications;
        this.subjects = subjects;
        this.repository = repository;
        this.changes = changes;
        this.views = views;
        this.factors = factors;
        this.sender = sender;
        this.limits = limits;
        this.codes = codes;
        this.scripts = scripts;
        this.slots = slots;
        this.clock = clock;
    }

    /**
     * Sends a code to the destination of a pending factor.
     *
     * @throws Problem {@code not_found}, {@code factor_closed} when it is not pending any more, {@code factor_unavailable} when
     *     its codes are not sent, and what {@link CodeSender#send} throws
     */
    Sent send(Change change, UUID factor, @Nullable String ip) {
        var pending = require(change, factor, ip);
        return sender.send(pending.order(), new Holder(this, pending.slot(), factor, pending.end()));
    }

    /** Sends what a new pending factor needs: one whose codes cannot be sent is not left behind. */
    PendingFactor sendFirst(Change change, PendingFactor pending, @Nullable String ip) {
        var id = UUID.fromString(pending.factor().id());
        try {
            var sent = pending.factor().type().channel().isPresent() ? send(change, id, ip) : null;
            return pending.with(sent, pending.confirmed() ? sendConfirmation(change, id, ip) : null);
        } catch (Problem problem) {
            changes.remove(change, id);
            throw problem;
        }
    }

    /**
     * Sends a code to the registered address, which the first factor's activation takes beside the factor's own (RULES F3).
     *
     * @return the address, masked
     * @throws Problem as {@link #send}; {@code factor_unavailable} where none is asked for
     */
    String sendConfirmation(Change change, UUID factor, @Nullable String ip) {
        var pending = requireConfirmation(change, factor, ip);
        sender.send(pending.order(), new Holder(this, pending.slot(), confirmationOf(factor), pending.end()));
        return pending.order().destination().masked();
    }

    /** Whether it is a code that was sent to the registered address. It is not taken: it is for one activation anyway. */
    boolean isConfirmed(Change change, UUID factor, @Nullable String code) {
        if (code == null) {
            return false;
        }
        var id = confirmationOf(factor);
        var holder = new Holder(this, slots.of(change.application(), change.subject()), id, Instant.MAX);
        var digest = codes.digest(holder.id(), id.toString(), code.replace(" ", ""));
        return scripts.run(FITS, List.of(holder.key()), id.toString(), digest).toInteger() == 1;
    }

    private static UUID confirmationOf(UUID factor) {
        return UUID.nameUUIDFromBytes(("confirmation of " + factor).getBytes(StandardCharsets.UTF_8));
    }

    /** Whether it is a code that was sent; it is then taken, with all others of the factor. */
    boolean take(Change change, UUID factor, String code) {
        var holder = new Holder(this, slots.of(change.application(), change.subject()), factor, Instant.MAX);
        var digest = codes.digest(holder.id(), factor.toString(), code);
        return scripts.run(TAKE, List.of(holder.key()), factor.toString(), digest)
                        .toInteger()
                == 1;
    }

    /** Tells the breaker that a destination was proven (RULES E2); after the activation is committed. */
    void proven(Change change, UUID factor) {
        destination(change, factor)
                .ifPresent(destination -> limits.verified(change.application(), destination.region(), factor));
    }

    @Transactional
    Optional<Destination> destination(Change change, UUID factor) {
        var subject = subjects.require(change.application(), change.subject());
        return Optional.ofNullable(repository.of(subject.id(), factor)).flatMap(views::destination);
    }

    /** What became of the newest code; empty when none was sent. */
    Optional<Sent> sent(Change change, UUID factor) {
        var key = key(slots.of(change.application(), change.subject()), factor);
        var fields = scripts.command(
                "HMGET", key, SentCodes.sentField(factor.toString()), SentCodes.deliveryField(factor.toString()));
        return fields == null ? Optional.empty() : SentCodes.read(fields.get(0), fields.get(1));
    }

    /** A factor with what became of its codes, which only Redis knows: without it the factor can be read all the same. */
    FactorDetail detail(Change change, FactorView factor) {
        if (!factor.isPending()) {
            return new FactorDetail(factor, null, null);
        }
        var id = UUID.fromString(factor.id());
        try {
            return new FactorDetail(
                    factor,
                    sent(change, id).orElse(null),
                    sent(change, confirmationOf(id)).orElse(null));
        } catch (Problem outage) {
            return new FactorDetail(factor, null, null);
        }
    }

    record Pending(CodeOrder order, String slot, Instant end) {}

    @Transactional
    Pending require(Change change, UUID id, @Nullable String ip) {
        var subject = subjects.require(change.application(), change.subject());
        var row = requirePending(subject, id);
        var destination = views.destination(row).orElseThrow(() -> Problem.of(ProblemCode.FACTOR_UNAVAILABLE));
        return pending(change, subject, id, destination, row, ip);
    }

    @Transactional
    Pending requireConfirmation(Change change, UUID id, @Nullable String ip) {
        var subject = subjects.require(change.application(), change.subject());
        var row = requirePending(subject, id);
        var email = subject.email();
        if (!row.confirmEmail || email == null) {
            throw Problem.of(ProblemCode.FACTOR_UNAVAILABLE);
        }
        var destination = factors.of(FactorType.EMAIL)
                .destination(email.getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
        return pending(change, subject, confirmationOf(id), destination, row, ip);
    }

    private EnrolledFactor requirePending(SubjectRecord subject, UUID id) {
        var row = repository.of(subject.id(), id);
        if (row == null) {
            throw Problem.of(ProblemCode.NOT_FOUND);
        }
        var isOver = row.expiresAt == null || !row.expiresAt.isAfter(clock.instant());
        if (isOver || row.tries >= FirstCode.MOST_TRIES) {
            throw Problem.of(ProblemCode.FACTOR_CLOSED);
        }
        return row;
    }

    private Pending pending(
            Change change,
            SubjectRecord subject,
            UUID id,
            Destination destination,
            EnrolledFactor row,
            @Nullable String ip) {
        var application = applications.requireActive(change.application());
        var slot = slots.of(change.application(), change.subject());
        var order = new CodeOrder(
                change.application(),
                application.name(),
                application.policy(),
                slot,
                id,
                destination,
                false,
                new Occasion.Enrollment(),
                subject.locale(),
                ip);
        return new Pending(order, slot, Objects.requireNonNull(row.expiresAt, "a pending factor ends"));
    }

    static String key(String slot, UUID factor) {
        return "postern:{" + slot + "}:enrollment:" + factor;
    }

    private boolean put(Holder holder, String digest, Instant end, Instant next, Instant queuedAt) {
        var life = Duration.between(clock.instant(), holder.end());
        scripts.run(
                PUT,
                List.of(holder.key()),
                holder.factor().toString(),
                digest,
                Long.toString(end.toEpochMilli()),
                Long.toString(next.toEpochMilli()),
                Long.toString(queuedAt.toEpochMilli()),
                Long.toString(Math.max(1, life.toMillis())));
        return true;
    }

    private record Holder(PendingCodes codes, String slot, UUID factor, Instant end) implements CodeHolder {

        @Override
        public String id() {
            return "enrollment " + factor;
        }

        @Override
        public String key() {
            return PendingCodes.key(slot, factor);
        }

        @Override
        public boolean put(String digest, Instant end, Instant next, Instant queuedAt) {
            return codes.put(this, digest, end, next, queuedAt);
        }
    }
}
