package io.postern.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.postern.delivery.Channel;
import io.postern.factor.FactorType;
import io.postern.factor.Level;
import io.postern.problem.FieldError;
import io.postern.token.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
        assertEquals(
                EnumSet.complementOf(EnumSet.of(FactorType.BYPASS_CODE)),
                policy.allowedFactors(),
                "not the help desk's");
        assertEquals(Set.of("US", "CA"), policy.smsRegions());
        assertEquals(Duration.ofMinutes(10), policy.codeLife(Channel.EMAIL));
        assertEquals(Duration.ofMinutes(5), policy.codeLife(Channel.SMS));
        assertEquals(Duration.ofMinutes(5), policy.proofAge());
        assertEquals(14, policy.rememberedDays());
        assertEquals(Level.REMEMBERED, policy.leastLevel().of(Purpose.SIGN_IN));
        assertEquals(Level.CODE_BY_EMAIL, policy.leastLevel().of(Purpose.STEP_UP));
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
        "remembered_days, 0, 90",
        "maximum_age, 60, 300",
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
        "default_locale, '\"e\"'",
        "default_locale, '\"en_US\"'",
        "default_locale, '\"en-\\u0000\"'",
        "enforced_roles, '[\"\"]'",
        "enforced_roles, '[\" a\"]'",
        "enforced_roles, '[\"a\\u0000\"]'",
        "enforced_roles, '[null]'",
        "allowed_factors, '[null]'",
        "least_level, '2'",
        "least_level, '{\"sign_in\":2}'",
        "least_level, '{\"sign_in\":\"urn:postern:level:4\"}'",
        "least_level, '{\"step_up\":\"urn:postern:level:0\"}'",
        "least_level, '{\"other\":\"urn:postern:level:1\"}'",
        "required_from, '\"2026-01-01T00:00:00Z\"'",
        "required_from, '1767225600'",
    })
    void wordsHaveAForm(String member, String value) {
        refuse("{\"%s\":%s}".formatted(member, value), member.equals("texts") ? "The policy is not valid" : member);
    }

    @Test
    void rolesHaveBounds() {
        var most = IntStream.range(0, Policy.MOST_ROLES).mapToObj(i -> "\"role " + i + "\"");
        policies.parse("{\"enforced_roles\":[" + most.collect(Collectors.joining(",")) + "]}");
        var more = IntStream.rangeClosed(0, Policy.MOST_ROLES).mapToObj(i -> "\"role " + i + "\"");
        refuse("{\"enforced_roles\":[" + more.collect(Collectors.joining(",")) + "]}", "enforced_roles");
        policies.parse("{\"enforced_roles\":[\"" + "x".repeat(64) + "\"]}");
        refuse("{\"enforced_roles\":[\"" + "x".repeat(65) + "\"]}", "enforced_roles");
    }

    /** Otherwise nobody at all could do what is asked for. */
    @Test
    void leastLevelIsOneThatAnAllowedFactorReaches() {
        policies.parse(
                "{\"allowed_factors\":[\"email\",\"recovery_code\"],\"least_level\":{\"sign_in\":\"urn:postern:level:1\"}}");
        refuse(
                "{\"allowed_factors\":[\"email\",\"recovery_code\"],\"least_level\":{\"sign_in\":\"urn:postern:level:2\"}}",
                "least_level.sign_in is reached by none of allowed_factors");
        refuse(
                "{\"allowed_factors\":[\"email\"],\"least_level\":{\"step_up\":\"urn:postern:level:2\"}}",
                "least_level.step_up is reached by none of allowed_factors");
        policies.parse("{\"least_level\":{\"sign_in\":\"urn:postern:level:2\",\"step_up\":\"urn:postern:level:2\"}}");
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"enforcement\":\"required_from\"}', required_from is needed",
        "'{\"enforcement\":\"required\",\"required_from\":\"2026-01-01T00:00:00Z\"}', required_from goes with",
        "'{\"enforcement\":\"required_from\",\"required_from\":\"tomorrow\"}', required_from must be a time",
        "'{\"enforcement\":\"required_from\",\"required_from\":\"2026-01-01\"}', required_from must be a time",
        "'{\"enforcement\":\"required_from\",\"required_from\":\"+10000-01-01T00:00:00Z\"}', before the year 10000",
    })
    void dateGoesWithItsEnforcement(String json, String reason) {
        refuse(json, reason);
    }

    @Test
    void peopleAreObligedFromTheDateOn() {
        var date = Instant.parse("2026-06-01T00:00:00Z");
        var policy = policies.parse(
                "{\"enforcement\":\"required_from\",\"required_from\":\"2026-06-01T02:00:00+02:00\",\"enforced_roles\":[\"a\",\"b\"]}");

        assertEquals(new Obligation.Grace(date), policy.obligation(List.of("x", "b"), date.minusMillis(1)));
        assertEquals(new Obligation.Due(), policy.obligation(List.of("a"), date));
        assertEquals(new Obligation.Due(), policy.obligation(null, date));
        assertEquals(new Obligation.OtherRoles(), policy.obligation(List.of("c"), date));
        assertEquals(new Obligation.OtherRoles(), policy.obligation(List.of(), date.minusMillis(1)));
        assertEquals(new Obligation.Free(), Policy.DEFAULT.obligation(null, date));
        assertEquals(
                new Obligation.Due(),
                policies.parse("{\"enforcement\":\"required\"}").obligation(List.of(), date));
    }

    @Test
    void everyFaultIsNamedAtOnce() {
        var failure = assertThrows(
                InvalidPolicy.class,
                () -> policies.parse(
                        "{\"attempts\":0,\"code_digits\":\"six\",\"unknown\":1,\"allowed_factors\":[],\"mail_sender\":\"x\"}"));

        assertEquals(
                List.of("code_digits", "unknown", "allowed_factors", "attempts", "mail_sender"),
                failure.faults().stream()
                        .map(FieldError::field)
                        .filter(field -> !field.startsWith("least_level"))
                        .toList());
    }

    @Test
    void writtenInFullItIsTheSamePolicy() {
        var policy =
                policies.parse("{\"attempts\":3,\"sms_regions\":[\"MX\",\"CA\"],\"enforced_roles\":[\"b\",\"a\"]}");

        var text = policies.text(policy.written());

        assertEquals(policy, policies.parse(text));
        assertTrue(text.contains("[\"CA\",\"MX\"]"), text);
        assertTrue(text.contains("[\"a\",\"b\"]"), text);
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
