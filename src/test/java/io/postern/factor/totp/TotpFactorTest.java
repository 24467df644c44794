package io.postern.factor.totp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.postern.factor.Answer;
import io.postern.factor.Draft;
import io.postern.factor.Enrollee;
import io.postern.factor.Stored;
import io.postern.factor.Verdict;
import io.postern.policy.Policies;
import io.postern.policy.Policy;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RULES C1. */
final class TotpFactorTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_007);

    private final TotpFactor factor = new TotpFactor(new SecureRandom());
    private final Totp totp = new Totp();
    private final Policies policies =
            new Policies(new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE));

    @Test
    void secretHas160BitsAndIsNewEachTime() {
        var seen = new HashSet<String>();
        for (int i = 0; i < 100; i++) {
            var draft = begin("Demo", "owner");
            assertEquals(20, draft.secret().length);
            assertTrue(seen.add(setup(draft).secret()));
            assertTrue(setup(draft).secret().matches("[A-Z2-7]{32}"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner", "a b&c=d?e#f/g%h:i", "ä\"<script>", "😀", "x"})
    void linkNamesApplicationAndAccountWhateverTheyHold(String account) {
        var setup = setup(begin("Demo & admin: area", account));
        var uri = URI.create(setup.otpauthUri());

        assertEquals("otpauth", uri.getScheme());
        assertEquals("totp", uri.getHost());
        assertEquals("/Demo & admin: area:" + account, uri.getPath());
        assertTrue(uri.getRawQuery().contains("secret=" + setup.secret()));
        assertTrue(uri.getQuery().contains("issuer=Demo & admin: area"));
        assertTrue(uri.getRawQuery().contains("algorithm=SHA1"));
        assertTrue(uri.getRawQuery().contains("digits=6"));
        assertTrue(uri.getRawQuery().contains("period=30"));
        assertFalse(setup.qrSvg().contains(account + "<"));
    }

    @Test
    void materialCarriesTheDriftThatThePolicyAllows() {
        var secret = begin("Demo", "owner").secret();
        var next = totp.code(secret, Totp.step(NOW) + 1);

        assertInstanceOf(Verdict.Match.class, check(secret, "{\"totp_drift_steps\":1}", next));
        assertInstanceOf(Verdict.NearMiss.class, check(secret, "{\"totp_drift_steps\":0}", next));
    }

    private Verdict check(byte[] secret, String policy, String code) {
        var material = factor.material(new Stored(secret, 0), policies.parse(policy));
        return factor.check(new Answer(material, code, false), NOW);
    }

    @Test
    void setupTellsNothingWhenItIsLogged() {
        var setup = setup(begin("Demo", "owner"));
        assertFalse(setup.toString().contains(setup.secret()));
    }

    private Draft begin(String application, String account) {
        return factor.begin(new Enrollee(application, account, null), Policy.DEFAULT);
    }

    private static TotpSetup setup(Draft draft) {
        return assertInstanceOf(TotpSetup.class, draft.setup());
    }
}
