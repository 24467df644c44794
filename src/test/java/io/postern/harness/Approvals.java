package io.postern.harness;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What Postgres holds of the approvals of challenges. */
public final class Approvals {
    /** The first part of a challenge's id is its subject's slot tag, the rest is the challenge's number. */
    private static final int TAG = 22;

    private final Sql sql;

    private Approvals(Sql sql) {
        this.sql = sql;
    }

    public static Approvals on(Postern postern) {
        return new Approvals(Sql.on(postern));
    }

    /** Rows that say the challenge was approved. */
    public long of(String challenge) {
        return sql.number("select count(*) from approval where challenge = ?", number(challenge));
    }

    /** The same of many challenges with one look: how many rows each has. */
    public Map<String, Long> of(Collection<String> challenges) {
        var rows = sql.texts("select challenge::text from approval").stream()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return challenges.stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        challenge -> rows.getOrDefault(number(challenge).toString(), 0L)));
    }

    /** How often a code of the factor has approved anything, by the audit trail. */
    public long by(String factor) {
        return sql.number(
                "select count(*) from audit_event where type = 'challenge_approved' and factor_id = ?::uuid", factor);
    }

    private static UUID number(String challenge) {
        var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(challenge.substring(TAG)));
        return new UUID(bytes.getLong(), bytes.getLong());
    }
}
