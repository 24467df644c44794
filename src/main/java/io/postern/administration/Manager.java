package io.postern.administration;

import io.postern.application.Applications;
import io.postern.application.Scope;
import io.postern.event.About;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who administers, an API client or an operator: one of Postern's own application looks after every application, another after its own.
 *
 * @param actor the operator; null for an API client
 * @param scopes what it may do now, and give to others
 */
record Manager(String application, String client, @Nullable String actor, Set<Scope> scopes) {

    boolean isConsole() {
        return application.equals(Applications.CONSOLE);
    }

    /** @throws Problem {@code console_only} */
    void requireConsole() {
        if (!isConsole()) {
            throw Problem.of(ProblemCode.CONSOLE_ONLY);
        }
    }

    /** @throws Problem {@code not_found} for another's application, as for one that there is not (RULES I2) */
    void requireReach(String target) {
        if (!isConsole() && !application.equals(target)) {
            throw Problem.of(ProblemCode.NOT_FOUND);
        }
    }

    /** @throws Problem {@code scope_escalation}: nobody gives what they do not have */
    void requireScopes(Set<Scope> given) {
        var lacking = EnumSet.noneOf(Scope.class);
        lacking.addAll(given);
        lacking.removeAll(scopes);
        if (!lacking.isEmpty()) {
            var names = new TreeSet<>(lacking).stream().map(Scope::id).collect(Collectors.joining(" "));
            throw Problem.of(ProblemCode.SCOPE_ESCALATION).with("scopes", names);
        }
    }

    /** What an event of a change of an application is about. */
    About about(String target) {
        return About.client(target, client, actor);
    }
}
