package io.postern.sending;

import io.micrometer.core.instrument.MeterRegistry;
import io.postern.event.About;
import io.postern.event.SecurityEvent;
import io.postern.problem.Problem;
import io.postern.sending.Reservation.Hold;
import io.postern.store.Scripts;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Rations the messages that go out (RULES E1, E2). Counted in Redis for all copies, in windows that slide, by the clock of
 * Redis; nothing but time gives back what was sent (RULES D4). Subject, destination, source and region lie in slots of their
 * own and are counted one after the other (RULES H1): a copy that dies between them has counted too much, never too little.
 */
@Singleton
public class SendLimits {

    private static final Logger LOG = Logger.getLogger(SendLimits.class);

    private final KillSwitch killSwitch;
    private final Names names;
    private final SubjectSends subjects;
    private final TaggedSends tagged;
    private final RegionSends regions;
    private final Scripts scripts;
    private final Event<SecurityEvent> events;
    private final MeterRegistry registry;

    SendLimits(
            KillSwitch killSwitch,
            Names names,
            SubjectSends subjects,
            TaggedSends tagged,
            RegionSends regions,
            Scripts scripts,
            Event<SecurityEvent> events,
            MeterRegistry registry) {
        this.killSwitch = killSwitch;
        this.names = names;
        this.subjects = subjects;
        this.tagged = tagged;
        this.regions = regions;
        this.scripts = scripts;
        this.events = events;
        this.registry = registry;
    }

    /**
     * Counts a message before it goes out. One that is refused leaves nothing counted, as far as Redis can be reached. Not
     * part of the caller's transaction: what is counted, and the alarm, stand whatever becomes of it.
     *
     * @throws Problem {@code too_many_sends} with the time until the limit that refused takes the next one,
     *     {@code sending_stopped}, {@code store_unavailable}
     */
    @Transactional(Transactional.TxType.NOT_SUPPORTED)
    public Reservation reserve(Send send) {
        if (killSwitch.covers(send)) {
            throw refuse(send, Refusal.SWITCH);
        }
        var id = UUID.randomUUID();
        var reserved = Reservation.NONE;
        try {
            reserved = subject(send, id, reserved);
            reserved = destination(send, id, reserved);
            reserved = source(send, id, reserved);
            return region(send, id, reserved);
        } catch (RuntimeException refusal) {
            refund(reserved);
            throw refusal;
        }
    }

    /**
     * What the limit of a subject leaves now; the limits of factors and destinations may leave less.
     *
     * @param slot the tag that the subject's keys share (RULES H1)
     */
    public SendsLeft left(String slot) {
        return subjects.look(slot);
    }

    /**
     * Takes back what this reservation has counted, and nothing else however often it is called: for a message that could not
     * be queued. Best effort, and nobody waits for it: Redis may be what failed.
     */
    public void refund(Reservation reservation) {
        reservation.holds().forEach(hold -> scripts.send("ZREM", hold.key(), hold.member()));
    }

    /**
     * Tells the breaker that an unproven destination was proven. Best effort: a proof does not fail for it.
     *
     * @param region as in the factor's {@link Send}s
     */
    public void verified(String application, Optional<String> region, UUID factor) {
        try {
            region.ifPresent(name -> regions.verified(names.region(application, name), factor));
        } catch (Problem outage) {
            LOG.debugf("A proof of %s is not counted", application);
        }
    }

    private Reservation subject(Send send, UUID id, Reservation reserved) {
        var unproven = send.proven() ? "" : names.destination(send.channel(), send.destination());
        var hold = SubjectSends.hold(send.slot(), send.factor(), unproven, id);
        return add(send, reserved, hold, subjects.reserve(hold));
    }

    private Reservation destination(Send send, UUID id, Reservation reserved) {
        if (send.proven()) {
            return reserved;
        }
        var hold = TaggedSends.hold(names.destination(send.channel(), send.destination()), id);
        return add(send, reserved, hold, tagged.toUnproven(hold));
    }

    private Reservation source(Send send, UUID id, Reservation reserved) {
        if (send.ip() == null) {
            return reserved;
        }
        var hold = TaggedSends.hold(names.source(send.application(), send.ip()), id);
        return add(send, reserved, hold, tagged.fromSource(hold));
    }

    private Reservation region(Send send, UUID id, Reservation reserved) {
        if (send.region().isEmpty()) {
            return reserved;
        }
        var tag = names.region(send.application(), send.region().get());
        switch (regions.reserve(tag, send.factor(), id, send.proven(), send.dailyBudget())) {
            case COUNTED -> {}
            case SPENT -> throw refuse(send, Refusal.BUDGET);
            case STOPPED -> throw refuse(send, Refusal.BREAKER);
            case TRIPPED -> {
                alarm(send.application(), send.region().get());
                throw refuse(send, Refusal.BREAKER);
            }
        }
        var holds = reserved;
        for (var hold : RegionSends.holds(tag, send.factor(), id)) {
            holds = holds.with(hold);
        }
        return holds;
    }

    private Reservation add(Send send, Reservation reserved, Hold hold, Counted counted) {
        if (counted.refusal().isPresent()) {
            throw refuse(send, counted.refusal().get()).retryAfter(counted.delay());
        }
        return reserved.with(hold, counted.next());
    }

    private void alarm(String application, String region) {
        LOG.warnf(
                "SMS of %s to unproven numbers of %s stop for an hour: of the latest, under 20 %% were verified",
                application, region);
        events.fire(new SecurityEvent.SendingStopped(About.application(application), region));
    }

    private Problem refuse(Send send, Refusal refusal) {
        registry.counter(
                        "postern.sends.refused",
                        "application",
                        send.application(),
                        "channel",
                        send.channel().id(),
                        "reason",
                        refusal.id())
                .increment();
        return Problem.of(refusal.code());
    }
}
