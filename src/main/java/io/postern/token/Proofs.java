package io.postern.token;

import io.postern.factor.Level;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.postern.store.StoreUnavailable;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jspecify.annotations.Nullable;

/** Judges verification tokens as proofs for a change (RULES F1), each good for one change. */
@Singleton
public class Proofs {

    private final VerificationTokens tokens;
    private final DataSource dataSource;
    private final Clock clock;

    Proofs(VerificationTokens tokens, DataSource dataSource, Clock clock) {
        this.tokens = tokens;
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /**
     * What a change asks of its proof.
     *
     * @param maxAge how long ago it may have been proven
     * @param unfit a factor that may not have given it
     */
    public record Demand(
            String application,
            String subject,
            long version,
            Action action,
            Level level,
            Duration maxAge,
            @Nullable UUID unfit) {

        Problem refusal() {
            return Problem.of(ProblemCode.VERIFICATION_REQUIRED)
                    .with("action", action.id())
                    .with("acr_values", level.acr())
                    .with("max_age", maxAge.toSeconds());
        }
    }

    /**
     * Judges a proof without using it.
     *
     * @throws Problem {@code verification_required} when it is missing or does not meet the demand
     */
    public void judge(@Nullable String token, Demand demand) {
        meet(token, demand);
    }

    /**
     * Judges a proof and uses it, in the transaction of the change: if the change fails, the proof is still good.
     *
     * @throws Problem {@code verification_required} also when it was used before
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public void spend(@Nullable String token, Demand demand) {
        var proof = meet(token, demand);
        var sql = "insert into spent_proof (jti, expires_at) values (?, ?) on conflict do nothing";
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(sql)) {
            statement.setString(1, proof.jti());
            statement.setTimestamp(2, Timestamp.from(proof.end()));
            if (statement.executeUpdate() == 0) {
                throw demand.refusal();
            }
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    private Proof meet(@Nullable String token, Demand demand) {
        if (token == null) {
            throw demand.refusal();
        }
        var claims = tokens.read(token).orElseThrow(demand::refusal);
        try {
            if (!fits(claims, demand)) {
                throw demand.refusal();
            }
            return new Proof(
                    claims.getJwtId(),
                    Instant.ofEpochSecond(claims.getExpirationTime().getValue()));
        } catch (MalformedClaimException e) {
            throw demand.refusal();
        }
    }

    private boolean fits(JwtClaims claims, Demand demand) throws MalformedClaimException {
        var methods = claims.getStringListClaimValue("amr");
        var authTime = claims.getClaimValue("auth_time", Long.class);
        return claims.getAudience().equals(List.of(demand.application()))
                && claims.getSubject().equals(demand.subject())
                && Purpose.STEP_UP.id().equals(claims.getStringClaimValue("purpose"))
                && demand.action().id().equals(claims.getStringClaimValue("action"))
                && Objects.equals(claims.getClaimValue(VerificationTokens.VERSION, Long.class), demand.version())
                && !isUnfit(claims.getStringClaimValue(VerificationTokens.FACTOR), demand.unfit())
                && methods != null
                && !methods.contains(VerificationTokens.REMEMBERED)
                && Level.ofAcr(claims.getStringClaimValue("acr"))
                        .filter(level -> level.atLeast(demand.level()) || replaces(methods, demand))
                        .isPresent()
                && authTime != null
                && !Instant.ofEpochSecond(authTime).plus(demand.maxAge()).isBefore(clock.instant());
    }

    private static boolean replaces(List<String> methods, Demand demand) {
        return demand.action().replacesLost() && methods.contains("recovery");
    }

    private static boolean isUnfit(String factor, @Nullable UUID unfit) {
        return unfit != null && unfit.toString().equals(factor);
    }

    private record Proof(String jti, Instant end) {}
}
