package io.postern.application;

import io.postern.crypto.KeyedHash;
import io.postern.store.StoreUnavailable;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Checks the secrets of API clients. A secret is stored as a keyed hash: those that Postern makes have 256 bits, which a
 * slow password hash would not make safer, and those that an operator chose cannot be guessed from the store without the
 * key ring (RULES I1).
 */
@Singleton
public final class ApiClients {

    private static final String SELECT = """
            select c.id, c.application_id, c.scopes, s.id
            from api_client c
            join application a on a.id = c.application_id and a.suspended_at is null
            join client_secret s on s.client_id = c.id
            where c.id = ? and (s.expires_at is null or s.expires_at > now())""";

    private static final String BY_SECRET = SELECT + " and s.digest = ? limit 1";
    private static final String AGAIN = SELECT + " and s.id = ?";

    private final DataSource dataSource;
    private final KeyedHash hash;

    ApiClients(DataSource dataSource, KeyedHash hash) {
        this.dataSource = dataSource;
        this.hash = hash;
    }

    /** The client, when one of its secrets is the given one and its application is not suspended. */
    public Optional<ApiClient> authenticate(String id, String secret) {
        return find(BY_SECRET, id, digest(hash, id, secret));
    }

    /**
     * A client that was found before, as it is now; empty when the secret, the client or its application has been taken away
     * since.
     */
    public Optional<ApiClient> again(ApiClient known) {
        return find(AGAIN, known.id(), known.secret());
    }

    private Optional<ApiClient> find(String query, String id, Object secret) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(query)) {
            statement.setString(1, id);
            statement.setObject(2, secret);
            try (var rows = statement.executeQuery()) {
                return rows.next()
                        ? Optional.of(new ApiClient(
                                rows.getString(1),
                                rows.getString(2),
                                scopes(rows.getArray(3)),
                                rows.getObject(4, UUID.class)))
                        : Optional.empty();
            }
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    /** What is stored of a secret. */
    public static byte[] digest(KeyedHash hash, String client, String secret) {
        return hash.of("client secret", client, secret);
    }

    private static EnumSet<Scope> scopes(Array array) throws SQLException {
        var scopes = EnumSet.noneOf(Scope.class);
        Arrays.stream((String[]) array.getArray()).map(Scope::of).forEach(scope -> scope.ifPresent(scopes::add));
        return scopes;
    }
}
