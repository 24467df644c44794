package io.postern.access;

import io.postern.application.Applications;
import io.postern.application.Scope;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Who makes the current call, and on which application it acts: everything that a call reads or changes is bound to one of
 * {@link #application()}, {@link #administered()} and {@link #helped()}. Only callers of Postern's own application may name
 * another than their own, and only where operators work.
 */
@Singleton
public final class Caller {

    /** The query parameter by which callers of Postern's own application say which one they mean. */
    public static final String APPLICATION = "application";

    private final JsonWebToken token;
    private final UriInfo uri;
    private final Applications applications;

    public Caller(JsonWebToken token, UriInfo uri, Applications applications) {
        this.token = token;
        this.uri = uri;
        this.applications = applications;
    }

    /** The id of the application that the caller belongs to. */
    public String home() {
        return token.getClaim(AccessTokens.APPLICATION);
    }

    /**
     * The application of a call that a front end makes: the caller's own. People of Postern's own application are its operators,
     * who act for themselves: no API client does it for them.
     *
     * @throws Problem {@code operators_only}
     */
    public String application() {
        var home = home();
        if (home.equals(Applications.CONSOLE) && operator().isEmpty()) {
            throw Problem.of(ProblemCode.OPERATORS_ONLY);
        }
        return home;
    }

    /**
     * The application that a call of an administrator or auditor acts on.
     *
     * @throws Problem {@code not_found} for one that there is not, and to callers of other applications for all but their own
     *     (RULES I2); {@code malformed_request} when several are named
     */
    public String administered() {
        var home = home();
        var named = uri.getQueryParameters().getOrDefault(APPLICATION, List.of());
        if (named.size() > 1) {
            throw Problem.of(ProblemCode.MALFORMED_REQUEST);
        }
        if (named.isEmpty() || named.getFirst().equals(home)) {
            return home;
        }
        if (!home.equals(Applications.CONSOLE) || !applications.isKnown(named.getFirst())) {
            throw Problem.of(ProblemCode.NOT_FOUND);
        }
        return named.getFirst();
    }

    /**
     * The application whose people a call of the help desk or an import acts on. Never Postern's own: what is done to operators
     * goes by their roles, or whoever helps people could take a factor from an administrator (RULES F4).
     *
     * @throws Problem {@code application_required}, and those of {@link #administered}
     */
    public String helped() {
        var application = administered();
        if (application.equals(Applications.CONSOLE)) {
            throw Problem.of(ProblemCode.APPLICATION_REQUIRED);
        }
        return application;
    }

    /**
     * An operator acts for nobody but themselves; an API client for all of its application.
     *
     * @throws Problem {@code not_found}
     */
    public void requireSubject(String subject) {
        if (operator().filter(own -> !own.operator().toString().equals(subject)).isPresent()) {
            throw Problem.of(ProblemCode.NOT_FOUND);
        }
    }

    /** The id of the API client, or what stands for the operator in its place. */
    public String client() {
        return token.getSubject();
    }

    /** The operator who has signed in; empty for an API client. */
    public Optional<OperatorToken> operator() {
        return OperatorToken.of(token);
    }

    /** What the access token was given for, which may be less than the client has. */
    public Set<Scope> scopes() {
        return token.getGroups().stream()
                .flatMap(group -> Scope.of(group).stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
