package io.postern.application;

import io.postern.crypto.KeyedHash;
import io.postern.policy.Policies;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Creates the applications and clients of the configuration that are missing. Copies that start together wait for each
 * other at the unique keys, and one of them creates. An existing row is never touched, so a secret that was revoked does not
 * come back with the next restart.
 */
@Singleton
class Bootstrap {

    private static final Logger LOG = Logger.getLogger(Bootstrap.class);
    private static final Pattern ID = Pattern.compile("[a-z0-9._-]{1,64}");
    private static final int LONG_SECRET = 32;
    private static final String RESERVED = "postern";

    private final BootstrapConfig config;
    private final DataSource dataSource;
    private final KeyedHash hash;
    private final Policies policies;

    Bootstrap(BootstrapConfig config, DataSource dataSource, KeyedHash hash, Policies policies) {
        this.config = config;
        this.dataSource = dataSource;
        this.hash = hash;
        this.policies = policies;
    }

    @Transactional
    void onStart(@Observes StartupEvent start) throws SQLException {
        if (config.bootstrap().isEmpty()) {
            return;
        }
        config.bootstrap().forEach(this::validate);
        try (var connection = dataSource.getConnection()) {
            for (var client : config.bootstrap()) {
                create(connection, client);
            }
        }
    }

    private void validate(BootstrapConfig.Client entry) {
        if (!ID.matcher(entry.application()).matches() || RESERVED.equals(entry.application())) {
            throw new IllegalStateException("postern.bootstrap: the application id must be 1 to 64 of a-z 0-9 . _ - and"
                    + " not \"postern\", which is the audience of access tokens");
        }
        if (!ID.matcher(entry.client()).matches()) {
            throw new IllegalStateException("postern.bootstrap: the client id must be 1 to 64 of a-z 0-9 . _ -");
        }
        for (var scope : entry.scopes()) {
            if (Scope.of(scope).isEmpty()) {
                throw new IllegalStateException(
                        "postern.bootstrap: client " + entry.client() + " has an unknown scope");
            }
        }
        policies.parse(entry.policy().orElse("{}"));
    }

    private void create(Connection connection, BootstrapConfig.Client entry) throws SQLException {
        update(
                connection,
                "insert into application (id, name, policy) values (?, ?, ?::jsonb) on conflict do nothing",
                entry.application(),
                entry.name().orElse(entry.application()),
                entry.policy().orElse("{}"));
        int created = update(
                connection,
                "insert into api_client (id, application_id, scopes) values (?, ?, ?) on conflict do nothing",
                entry.client(),
                entry.application(),
                connection.createArrayOf("text", entry.scopes().toArray()));
        if (created == 0) {
            return;
        }
        update(
                connection,
                "insert into client_secret (id, client_id, digest) values (?, ?, ?)",
                UUID.randomUUID(),
                entry.client(),
                ApiClients.digest(hash, entry.client(), entry.secret()));
        LOG.infof("Created the client %s of the application %s", entry.client(), entry.application());
        if (entry.secret().length() < LONG_SECRET) {
            LOG.warnf("The secret of the client %s is short; in production use 256 random bits", entry.client());
        }
    }

    private static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }
}
