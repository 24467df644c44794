package io.postern.bench;

import io.postern.crypto.KeyRing;
import io.postern.crypto.SecretBox;
import io.postern.embedded.SeededClient;
import io.postern.factor.FactorSecret;
import io.postern.harness.Postern;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/** The subjects that are in Postgres, as their enrollments would have left them. */
final class Population {
    private static final String APPLICATION = SeededClient.DEMO_ADMIN.application();
    private static final String SUBJECTS =
            "copy subject (id, application_id, external_id, email, display_name, locale, version) from stdin";
    private static final String FACTORS =
            "copy factor (id, subject_id, type, label, status, default_factor, key_id, secret, activated_at) from stdin";

    private final Postern postern;
    private final SecretBox box;
    private int size;
    private Codes codes = new Codes(1);

    Population(Postern postern) {
        this.postern = postern;
        this.box = new SecretBox(new KeyRing(postern.keys().ring()), new SecureRandom());
    }

    /** Adds subjects until there are so many, each with a secret of its own, and leaves Postgres tidied up. */
    void growTo(int wanted) {
        try (Connection connection = postern.connect()) {
            copy(connection, SUBJECTS, wanted, this::subjectRow);
            copy(connection, FACTORS, wanted, this::factorRow);
            execute(connection, "select setval(pg_get_serial_sequence('subject', 'id'), " + wanted + ")");
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("The subjects could not be loaded", e);
        }
        size = wanted;
        timePasses();
    }

    int size() {
        return size;
    }

    /** Codes for the next phase. Where the subjects are few their codes are made good again first. */
    Codes codes() {
        if (codes.isWorn()) {
            timePasses();
        }
        return codes;
    }

    /** As if enough time had passed for every spent step. */
    private void timePasses() {
        try (Connection connection = postern.connect()) {
            execute(connection, "update factor set last_step = -1 where last_step >= 0");
            tidy(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("The spent steps could not be moved back", e);
        }
        codes = new Codes(size);
    }

    private interface Row {
        String of(Subject subject);
    }

    private void copy(Connection connection, String sql, int wanted, Row row) throws SQLException, IOException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        try (PGCopyOutputStream stream = new PGCopyOutputStream(postgres, sql);
                Writer out = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8))) {
            for (int number = size; number < wanted; number++) {
                out.write(row.of(Subject.of(number)));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private String subjectRow(Subject subject) {
        String id = subject.id();
        return "%d\t%s\t%s\t%s@example.com\tPerson %s\ten\t1\n".formatted(subject.row(), APPLICATION, id, id, id);
    }

    private String factorRow(Subject subject) {
        return factorRow(subject.factor(), subject, "totp\tPhone\tactive\tt", subject.secret())
                + factorRow(
                        subject.recoverySet(),
                        subject,
                        "recovery_code\tRecovery codes\tactive\tf",
                        subject.recoveryCodes());
    }

    private String factorRow(UUID id, Subject subject, String kind, byte[] secret) {
        var sealed = box.seal(secret, FactorSecret.place(id));
        return "%s\t%d\t%s\t%s\t\\\\x%s\tnow\n"
                .formatted(
                        id, subject.row(), kind, sealed.keyId(), HexFormat.of().formatHex(sealed.bytes()));
    }

    /** What autovacuum and the checkpointer would do at some time, perhaps while it is measured. */
    private static void tidy(Connection connection) throws SQLException {
        execute(connection, "vacuum (analyze) subject, factor, approval, audit_event");
        execute(connection, "checkpoint");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
