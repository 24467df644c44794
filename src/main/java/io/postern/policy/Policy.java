package io.postern.policy;

import io.postern.delivery.Channel;
import io.postern.factor.FactorRules;
import io.postern.factor.FactorType;
import io.postern.message.CodeMessage;
import io.postern.message.Overrides;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An application's rules. Complete and valid by construction: what is left out takes its default, what is out
 * of range is refused.
 *
 * @param allowedFactors the types people may enroll and use; all by default, never none
 * @param enforcement whether a second step is {@code optional} or {@code required}
 * @param challengeSeconds the life of a challenge, 60 to 900 (RULES B1)
 * @param attempts wrong codes that end a challenge, 1 to 10 (RULES B7)
 * @param rememberedDays how long a computer is remembered, 1 to 90, or 0 for never (RULES G1)
 * @param totpDriftSteps steps of 30 s that an authenticator may be off either way, 0 or 1 (RULES C1)
 * @param confirmEmailFirst whether a person's first factor also takes a code sent to their registered address (RULES F3)
 * @param codeDigits digits of a sent code, 6 to 8 (RULES C2)
 * @param emailCodeSeconds how long a mailed code is good, 60 to 600 (RULES B1)
 * @param smsCodeSeconds how long a code by SMS is good, 60 to 600 (RULES B1)
 * @param smsRegions the regions that SMS may go to, as in ISO 3166-1; the United States and Canada by default (RULES E3)
 * @param smsDailyBudget SMS a day and region, half of them for proven numbers, 0 to 1,000,000 (RULES E2)
 * @param codeInSubject whether a mail shows its code in the subject already
 * @param mailSender the sender of mails; null for the configured one
 * @param webotpHost the front end's host, to which browsers bind the code of an SMS; null for none
 * @param defaultLocale the language of people of whom none is known; null for English
 * @param texts the application's own texts of messages
 */
public record Policy(
        Set<FactorType> allowedFactors,
        Enforcement enforcement,
        int challengeSeconds,
        int attempts,
        int rememberedDays,
        int totpDriftSteps,
        boolean confirmEmailFirst,
        int codeDigits,
        int emailCodeSeconds,
        int smsCodeSeconds,
        Set<String> smsRegions,
        int smsDailyBudget,
        boolean codeInSubject,
        @Nullable String mailSender,
        @Nullable String webotpHost,
        @Nullable String defaultLocale,
        Overrides texts)
        implements FactorRules {

    private static final Pattern REGION = Pattern.compile("[A-Z]{2}");

    /** {@code a@b.c} or {@code Name <a@b.c>}; a name of what needs no quoting in a header (RFC 5322 section 3.4). */
    private static final Pattern SENDER = Pattern.compile(
            "[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]{1,190}|[\\p{L}\\p{N} '._-]{1,64} <[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]{1,190}>");

    /** What an application has that sets nothing. */
    public static final Policy DEFAULT = new Policy(
            EnumSet.allOf(FactorType.class),
            Enforcement.OPTIONAL,
            900,
            5,
            14,
            1,
            false,
            6,
            600,
            300,
            Set.of("US", "CA"),
            500,
            false,
            null,
            null,
            null,
            Overrides.NONE);

    /** @throws IllegalArgumentException naming the first member that is out of range */
    public Policy {
        if (allowedFactors.stream().allMatch(FactorType::isFallback)) {
            throw new IllegalArgumentException("allowed_factors must name at least one factor beside recovery codes");
        }
        allowedFactors = Collections.unmodifiableSet(EnumSet.copyOf(allowedFactors)); // in the same order everywhere
        smsRegions = Collections.unmodifiableSet(new TreeSet<>(smsRegions));
        if (!smsRegions.stream().allMatch(region -> REGION.matcher(region).matches())) {
            throw new IllegalArgumentException("sms_regions must be codes of two capital letters");
        }
        requireRange("challenge_seconds", challengeSeconds, 60, 900);
        requireRange("attempts", attempts, 1, 10);
        requireRange("remembered_days", rememberedDays, 0, 90);
        requireRange("totp_drift_steps", totpDriftSteps, 0, 1);
        requireRange("code_digits", codeDigits, 6, 8);
        requireRange("email_code_seconds", emailCodeSeconds, 60, 600);
        requireRange("sms_code_seconds", smsCodeSeconds, 60, 600);
        requireRange("sms_daily_budget", smsDailyBudget, 0, 1_000_000);
        if (mailSender != null && !SENDER.matcher(mailSender).matches()) {
            throw new IllegalArgumentException("mail_sender must be a mail address, with a name before it or without");
        }
        if (webotpHost != null && !CodeMessage.isHost(webotpHost)) {
            throw new IllegalArgumentException(
                    "webotp_host must be a host name in lower case without a port, of at most "
                            + CodeMessage.LONGEST_HOST + " characters");
        }
    }

    public Duration challengeLife() {
        return Duration.ofSeconds(challengeSeconds);
    }

    @Override
    public Duration codeLife(Channel channel) {
        return Duration.ofSeconds(
                switch (channel) {
                    case EMAIL -> emailCodeSeconds;
                    case SMS -> smsCodeSeconds;
                });
    }

    private static void requireRange(String member, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(member + " must be from " + least + " to " + most);
        }
    }

    /** A policy as it is written: what is left out is the default. */
    @RegisterForReflection
    public record Written(
            @Nullable Set<FactorType> allowedFactors,
            @Nullable Enforcement enforcement,
            @Nullable Integer challengeSeconds,
            @Nullable Integer attempts,
            @Nullable Integer rememberedDays,
            @Nullable Integer totpDriftSteps,
            @Nullable Boolean confirmEmailFirst,
            @Nullable Integer codeDigits,
            @Nullable Integer emailCodeSeconds,
            @Nullable Integer smsCodeSeconds,
            @Nullable Set<String> smsRegions,
            @Nullable Integer smsDailyBudget,
            @Nullable Boolean codeInSubject,
            @Nullable String mailSender,
            @Nullable String webotpHost,
            @Nullable String defaultLocale,
            @Nullable Overrides texts) {

        public Policy toPolicy() {
            return new Policy(
                    or(allowedFactors, DEFAULT.allowedFactors),
                    or(enforcement, DEFAULT.enforcement),
                    or(challengeSeconds, DEFAULT.challengeSeconds),
                    or(attempts, DEFAULT.attempts),
                    or(rememberedDays, DEFAULT.rememberedDays),
                    or(totpDriftSteps, DEFAULT.totpDriftSteps),
                    or(confirmEmailFirst, DEFAULT.confirmEmailFirst),
                    or(codeDigits, DEFAULT.codeDigits),
                    or(emailCodeSeconds, DEFAULT.emailCodeSeconds),
                    or(smsCodeSeconds, DEFAULT.smsCodeSeconds),
                    or(smsRegions, DEFAULT.smsRegions),
                    or(smsDailyBudget, DEFAULT.smsDailyBudget),
                    or(codeInSubject, DEFAULT.codeInSubject),
                    mailSender,
                    webotpHost,
                    defaultLocale,
                    or(texts, DEFAULT.texts));
        }

        private static <T> T or(@Nullable T value, T otherwise) {
            return value == null ? otherwise : value;
        }
    }
}
