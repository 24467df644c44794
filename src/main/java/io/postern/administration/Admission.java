package io.postern.administration;

import io.postern.access.Caller;
import io.postern.access.OperatorToken;
import io.postern.application.Scope;
import io.postern.operator.Operators;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.postern.store.StoreUnavailable;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Lets the caller administer, by what Postgres says now and not by the access token alone: whoever holds the token of a client
 * that was deleted, or lost a scope, must not make themselves another within the token's ten minutes.
 */
@Singleton
class Admission {

    private static final String CLIENT = """
            select a.suspended_at is not null, c.scopes
            from application a join api_client c on c.application_id = a.id
            where a.id = ? and c.id = ?""";

    /** The client, or the operator, stays as it is until the transaction ends: what it changes comes before its deletion, or not at all. */
    private static final String HELD = CLIENT + " for share of c";

    private final DataSource dataSource;
    private final ManagedApplication.Repository applications;
    private final Operators operators;
    private final Caller caller;

    Admission(DataSource dataSource, ManagedApplication.Repository applications, Operators operators, Caller caller) {
        this.dataSource = dataSource;
        this.applications = applications;
        this.operators = operators;
        this.caller = caller;
    }

    /**
     * Lets the caller read.
     *
     * @throws Problem {@code unauthorized} when the client or operator is gone, {@code application_suspended}, {@code insufficient_scope}
     */
    Manager admit() {
        return admit(false);
    }

    /** {@link #admit}, to change something within the caller's transaction. */
    Manager hold() {
        return admit(true);
    }

    /**
     * {@link #hold}, and holds the application that is to change. In this order, so that two who delete each other do not wait
     * for each other.
     *
     * @throws Problem also {@code not_found}
     */
    Held holding(String application) {
        admit().requireReach(application);
        var row = applications.lock(application);
        return new Held(hold(), row);
    }

    /** Who changes which application. */
    record Held(Manager manager, ManagedApplication row) {}

    private Manager admit(boolean hold) {
        var operator = caller.operator();
        return operator.isPresent() ? operator(operator.get(), hold) : client(hold ? HELD : CLIENT);
    }

    /** An administrator among the operators gives every scope, also those that no operator holds: somebody must give them. */
    private Manager operator(OperatorToken operator, boolean hold) {
        var scopes = operators.scopes(operator, hold).orElseThrow(() -> Problem.of(ProblemCode.UNAUTHORIZED));
        requireAdmin(scopes);
        return new Manager(caller.home(), caller.client(), operator.name(), EnumSet.allOf(Scope.class));
    }

    private Manager client(String query) {
        var application = caller.home();
        var client = caller.client();
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(query)) {
            statement.setString(1, application);
            statement.setString(2, client);
            try (var rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw Problem.of(ProblemCode.UNAUTHORIZED);
                }
                if (rows.getBoolean(1)) {
                    throw Problem.of(ProblemCode.APPLICATION_SUSPENDED);
                }
                var scopes = held((String[]) rows.getArray(2).getArray());
                requireAdmin(scopes);
                return new Manager(application, client, null, scopes);
            }
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    private static void requireAdmin(Set<Scope> scopes) {
        if (!scopes.contains(Scope.ADMIN)) {
            throw Problem.of(ProblemCode.INSUFFICIENT_SCOPE);
        }
    }

    private Set<Scope> held(String[] stored) {
        var scopes = EnumSet.noneOf(Scope.class);
        scopes.addAll(caller.scopes());
        scopes.retainAll(
                Arrays.stream(stored).flatMap(id -> Scope.of(id).stream()).collect(Collectors.toSet()));
        return scopes;
    }
}
