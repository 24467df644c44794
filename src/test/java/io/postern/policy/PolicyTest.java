package io.postern.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.postern.delivery.Channel;
import io.postern.factor.FactorType;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RULES B1, B7, C1. */
final class PolicyTest {

    private final Policies policies =
            new Policies(new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE));

    @Test
    void whatIsLeftOutIsTheDefault() {
        var policy = policies.parse("{}");

        assertEquals(Policy.DEFAULT, policy);
        assertEquals(Duration.ofMinutes(15), policy.challengeLife());
        assertEquals(5, policy.attempts());
        assertEquals(14, policy.rememberedDays());
        assertEquals(1, policy.totpDriftSteps());
        assertEquals(Enforcement.OPTIONAL, policy.enforcement());
        assertEquals(Set.of(FactorType.values()), policy.allowedFactors());
        assertEquals(Set.of("US", "CA"), policy.smsRegions());
        assertEquals(Duration.ofMinutes(10), policy.codeLife(Channel.EMAIL));
        assertEquals(Duration.ofMinutes(5), policy.codeLife(Channel.SMS));
    }

    @ParameterizedTest
    @CsvSource({
        "challenge_seconds, 60, 900",
        "attempts, 1, 10",
        "remembered_days, 0, 90",
        "totp_drift_steps, 0, 1",
        "code_digits, 6, 8",
        "email_code_seconds, 60, 600",
        "sms_code_seconds, 60, 600",
        "sms_daily_budget, 0, 1000000",
    })
    void numbersHaveARange(String member, int least, int most) {
        policies.parse(json(member, least));
        policies.parse(json(member, most));
        refuse(json(member, least - 1), member);
        refuse(json(member, most + 1), member);
    }

    @Test
    void noFactorAtAllIsNoPolicy() {
        refuse("{\"allowed_factors\":[]}", "allowed_factors");
        refuse("{\"allowed_factors\":[\"recovery_code\"]}", "allowed_factors");
    }

    @ParameterizedTest
    @CsvSource({
        "sms_regions, '[\"us\"]'",
        "sms_regions, '[\"USA\"]'",
        "mail_sender, '\"nobody\"'",
        "mail_sender, '\"A <a@b.c>, d@e.f\"'",
        "mail_sender, '\"A\\r\\nBcc: d@e.f <a@b.c>\"'",
        "webotp_host, '\"https://a.example\"'",
        "webotp_host, '\"a.example:8443\"'",
        "texts, '{\"en\":{\"nothing\":\"\"}}'",
    })
    void wordsHaveAForm(String member, String value) {
        refuse("{\"%s\":%s}".formatted(member, value), member.equals("texts") ? "The policy is not valid" : member);
    }

    @Test
    void senderMayHaveAName() {
        assertEquals(
                "Example Inc. <no-reply@example.com>",
                policies.parse("{\"mail_sender\":\"Example Inc. <no-reply@example.com>\"}")
                        .mailSender());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"unknown\":1}",
                "{\"attempts\":\"five\"}",
                "{\"enforcement\":\"sometimes\"}",
                "{\"allowed_factors\":[\"fax\"]}",
                "[]",
                "",
                "{",
            })
    void whatIsNotUnderstoodIsRefused(String json) {
        refuse(json, "The policy is not valid");
    }

    private static String json(String member, int value) {
        return "{\"%s\":%d}".formatted(member, value);
    }

    private void refuse(String json, String reason) {
        var failure = assertThrows(IllegalArgumentException.class, () -> policies.parse(json));
        assertTrue(String.valueOf(failure.getMessage()).contains(reason), failure.getMessage());
    }
}
