package io.postern.administration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.postern.access.Caller;
import io.postern.event.SecurityEvent;
import io.postern.policy.InvalidPolicy;
import io.postern.policy.Policies;
import io.postern.policy.Policy;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Reads and replaces policies. Whoever replaces one names the version that they have read, and of several one wins. */
@Singleton
class PolicyVersions {

    private final Admission admission;
    private final ManagedApplication.Repository applications;
    private final PastPolicies past;
    private final Policies policies;
    private final ObjectMapper mapper;
    private final Event<SecurityEvent> events;
    private final Clock clock;
    private final Caller caller;

    PolicyVersions(
            Admission admission,
            ManagedApplication.Repository applications,
            PastPolicies past,
            Policies policies,
            ObjectMapper mapper,
            Event<SecurityEvent> events,
            Clock clock,
            Caller caller) {
        this.admission = admission;
        this.applications = applications;
        this.past = past;
        this.policies = policies;
        this.mapper = mapper;
        this.events = events;
        this.clock = clock;
        this.caller = caller;
    }

    @Transactional
    PolicyView current() {
        return view(applications.require(target()));
    }

    /**
     * Replaces the policy, from the next call of every copy on. One that says the same makes no version.
     *
     * @throws Problem {@code version_changed}
     */
    @Transactional
    PolicyView replace(Policy.Written written, IfMatch version) {
        var held = admission.holding(target());
        var manager = held.manager();
        var row = held.row();
        if (!version.matches(row.policyVersion)) {
            throw Problem.of(ProblemCode.VERSION_CHANGED);
        }
        if (!isThere(written, row.policy)) {
            past.keep(row.id);
            row.policy = policies.text(written);
            row.policyVersion++;
            row.policyChangedAt = clock.instant();
            row.policyChangedBy = manager.client();
            events.fire(new SecurityEvent.PolicyChanged(manager.about(row.id), row.policyVersion));
        }
        return view(row);
    }

    /** From the newest on, or from the version that a cursor names. */
    @Transactional
    PolicyView.Versions versions(@Nullable String cursor, int limit) {
        var row = applications.require(target());
        long before = before(Cursor.last(cursor));
        var versions = new ArrayList<PolicyView.Version>();
        if (row.policyVersion < before) {
            versions.add(version(row.policyVersion, row.policyChangedAt, row.policyChangedBy, row.policy));
        }
        past.before(row.id, before, limit + 1)
                .forEach(old -> versions.add(version(old.version(), old.changedAt(), old.changedBy(), old.policy())));
        boolean more = versions.size() > limit;
        var shown = versions.subList(0, Math.min(limit, versions.size()));
        return new PolicyView.Versions(
                shown, more ? Cursor.after(Long.toString(shown.getLast().version())) : null);
    }

    private String target() {
        admission.admit();
        return caller.administered();
    }

    private static long before(@Nullable String last) {
        try {
            return last == null ? Long.MAX_VALUE : Long.parseLong(last);
        } catch (NumberFormatException e) {
            throw Cursor.refusal();
        }
    }

    private boolean isThere(Policy.Written written, String stored) {
        try {
            return policies.written(stored).equals(written);
        } catch (InvalidPolicy e) {
            return false;
        }
    }

    private PolicyView view(ManagedApplication row) {
        var at = row.policyChangedAt.truncatedTo(ChronoUnit.MILLIS);
        var written = tree(row.policy);
        try {
            var effective = policies.parse(row.policy).written();
            return new PolicyView(row.policyVersion, at, row.policyChangedBy, effective, written, null);
        } catch (InvalidPolicy e) {
            return new PolicyView(row.policyVersion, at, row.policyChangedBy, null, written, e.faults());
        }
    }

    private PolicyView.Version version(long number, Instant at, @Nullable String by, String policy) {
        return new PolicyView.Version(number, at.truncatedTo(ChronoUnit.MILLIS), by, tree(policy));
    }

    private JsonNode tree(String json) {
        try {
            return mapper.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Postgres keeps JSON only", e);
        }
    }
}
