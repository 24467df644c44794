package io.postern.webhook;

import io.postern.crypto.Place;
import io.postern.crypto.Sealed;
import io.postern.crypto.SecretBox;
import io.postern.crypto.UndecryptableException;
import io.postern.crypto.WebhookSecret;
import io.postern.store.StoreUnavailable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The secrets of endpoints: 256 random bits, sealed at rest (RULES H4), shown once. At most two of one endpoint sign. */
@Singleton
public final class WebhookSecrets {

    private static final int BYTES = 32;
    private static final String PREFIX = "whsec_";

    private static final String ADD =
            "insert into webhook_secret (id, endpoint_id, key_id, secret) values (?, ?, ?, ?)";

    /** The newest one signs on until its end; any older one ends now. */
    private static final String END = """
            with newest as (
              select id from webhook_secret where endpoint_id = ? and (expires_at is null or expires_at > now())
              order by created_at desc, id limit 1
            ), gone as (
              delete from webhook_secret s where s.endpoint_id = ? and s.id not in (select id from newest)
            )
            update webhook_secret s set expires_at = date_trunc('milliseconds', now()) + ? * interval '1 second'
            from newest n where s.id = n.id
            """;

    private static final String LIVE = """
            select id, key_id, secret, created_at, expires_at from webhook_secret
            where endpoint_id = ? and (expires_at is null or expires_at > now())
            order by created_at desc, id
            """;
    private static final String REMOVE = "delete from webhook_secret where endpoint_id = ?";

    private final DataSource dataSource;
    private final SecretBox box;
    private final SecureRandom random;

    WebhookSecrets(DataSource dataSource, SecretBox box, SecureRandom random) {
        this.dataSource = dataSource;
        this.box = box;
        this.random = random;
    }

    /** Where a secret lies, for its seal. */
    public static Place place(UUID secret) {
        return new Place("webhook_secret", "secret", secret.toString());
    }

    /** When a secret signs. */
    @Schema(name = "WebhookSecretTimes", requiredProperties = "created_at")
    @RegisterForReflection
    record Times(
            Instant createdAt,

            @Schema(description = "Until when it signs too; absent for the newest") @Nullable
            Instant expiresAt) {}

    /** Makes the one that signs from now on, in the transaction of the caller; {@code whsec_} and Base64. */
    String add(UUID endpoint) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        var text = PREFIX + Base64.getEncoder().encodeToString(bytes);
        var id = UUID.randomUUID();
        var sealed = box.seal(text.getBytes(StandardCharsets.UTF_8), place(id));
        change(ADD, insert -> {
            insert.setObject(1, id);
            insert.setObject(2, endpoint);
            insert.setString(3, sealed.keyId());
            insert.setBytes(4, sealed.bytes());
        });
        return text;
    }

    /** {@link #add}, and lets the newest one before it sign too for so long. */
    String rotate(UUID endpoint, Duration overlap) {
        change(END, update -> {
            update.setObject(1, endpoint);
            update.setObject(2, endpoint);
            update.setLong(3, overlap.toSeconds());
        });
        return add(endpoint);
    }

    void remove(UUID endpoint) {
        change(REMOVE, delete -> delete.setObject(1, endpoint));
    }

    /** When the secrets that sign now were made and end, the newest first. */
    List<Times> times(UUID endpoint) {
        return live(endpoint).stream().map(Live::times).toList();
    }

    /**
     * The secrets that sign now, the newest first.
     *
     * @throws UndecryptableException when one cannot be opened
     */
    List<WebhookSecret> open(UUID endpoint) {
        return live(endpoint).stream()
                .map(live -> new String(box.open(live.sealed(), place(live.id())), StandardCharsets.UTF_8))
                .map(WebhookSecret::new)
                .toList();
    }

    private record Live(UUID id, Sealed sealed, Times times) {}

    private List<Live> live(UUID endpoint) {
        try (var connection = dataSource.getConnection();
                var select = connection.prepareStatement(LIVE)) {
            select.setObject(1, endpoint);
            var found = new ArrayList<Live>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    var end = rows.getObject(5, OffsetDateTime.class);
                    var times = new Times(
                            rows.getObject(4, OffsetDateTime.class).toInstant(), end == null ? null : end.toInstant());
                    found.add(new Live(
                            rows.getObject(1, UUID.class), new Sealed(rows.getString(2), rows.getBytes(3)), times));
                }
            }
            return found;
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    private interface Values {
        void bind(PreparedStatement statement) throws SQLException;
    }

    private void change(String sql, Values values) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(sql)) {
            values.bind(statement);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }
}
