package io.postern.policy;

import io.postern.delivery.Channel;
import io.postern.factor.FactorRules;
import io.postern.factor.FactorType;
import io.postern.factor.Level;
import io.postern.message.CodeMessage;
import io.postern.message.Overrides;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An application's rules. Complete and valid by construction: what is left out takes its default, what is out
 * of range is refused.
 *
 * @param allowedFactors the types people may enroll and use; all by default, never none, and none that is the help desk's
 * @param enforcement whether a second step is {@code optional}, {@code required}, or {@code required_from} a date on
 * @param requiredFrom the date, with the enforcement {@code required_from} and only then; until it people may skip
 * @param enforcedRoles the roles that it is required of, at most 100; none means of everyone
 * @param rememberedDays how long a computer is remembered, 1 to 90, or 0 for never (RULES G1)
 * @param maximumAge how many seconds the proof for a change may be old, 60 to 300 (RULES F1)
 * @param leastLevel the least level of a proof for each purpose, each reached by an allowed factor (RULES B4)
 * @param challengeSeconds the life of a challenge, 60 to 900 (RULES B1)
 * @param attempts wrong codes that end a challenge, 1 to 10 (RULES B7)
 * @param totpDriftSteps steps of 30 s that an authenticator may be off either way, 0 or 1 (RULES C1)
 * @param confirmEmailFirst whether a person's first factor also takes a code sent to their registered address (RULES F3)
 * @param bypassNeedsApproval whether a second person at the help desk approves a bypass code (RULES F4)
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
        @Nullable Instant requiredFrom,
        Set<String> enforcedRoles,
        int rememberedDays,
        int maximumAge,
        LeastLevels leastLevel,
        int challengeSeconds,
        int attempts,
        int totpDriftSteps,
        boolean confirmEmailFirst,
        boolean bypassNeedsApproval,
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

    /** Most roles of a policy, and of a creation. */
    public static final int MOST_ROLES = 100;

    /** Characters of a role. */
    static final int LONGEST_ROLE = 64;

    private static final String REQUIRED_FROM = "required_from";
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
    private static final int LONGEST_LOCALE = 35;
    private static final Pattern LOCALE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*");
    private static final Pattern REGION = Pattern.compile("[A-Z]{2}");

    /** {@code a@b.c} or {@code Name <a@b.c>}; a name of what needs no quoting in a header (RFC 5322 section 3.4). */
    private static final Pattern SENDER = Pattern.compile(
            "[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]{1,190}|[\\p{L}\\p{N} '._-]{1,64} <[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]{1,190}>");

    /** What an application has that sets nothing. */
    public static final Policy DEFAULT = new Policy(
            EnumSet.complementOf(EnumSet.of(FactorType.BYPASS_CODE)),
            Enforcement.OPTIONAL,
            null,
            Set.of(),
            14,
            300,
            LeastLevels.DEFAULT,
            900,
            5,
            1,
            false,
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

    /** @throws InvalidPolicy naming every member that breaks a rule */
    public Policy {
        var faults = new Faults();
        faults.unless(
                !allowedFactors.stream().allMatch(FactorType::isFallback),
                "allowed_factors",
                "must name at least one factor beside recovery codes");
        faults.unless(
                allowedFactors.stream().noneMatch(FactorType::isOfHelpDesk),
                "allowed_factors",
                "must not name bypass_code, which the help desk gives; least_level says whether it will do");
        faults.unless(
                requiredFrom == null || enforcement == Enforcement.REQUIRED_FROM,
                REQUIRED_FROM,
                "goes with the enforcement required_from only");
        faults.unless(
                requiredFrom != null || enforcement != Enforcement.REQUIRED_FROM,
                REQUIRED_FROM,
                "is needed with the enforcement required_from");
        faults.unless(
                requiredFrom == null || !requiredFrom.isAfter(LATEST), REQUIRED_FROM, "must be before the year 10000");
        faults.unless(
                enforcedRoles.size() <= MOST_ROLES && enforcedRoles.stream().allMatch(RoleValidator::isRole),
                "enforced_roles",
                "must be at most " + MOST_ROLES + " roles of 1 to " + LONGEST_ROLE
                        + " characters without control characters or outer spaces");
        faults.range("remembered_days", rememberedDays, 0, 90);
        faults.range("maximum_age", maximumAge, 60, 300);
        leastLevel.check(allowedFactors, faults);
        faults.range("challenge_seconds", challengeSeconds, 60, 900);
        faults.range("attempts", attempts, 1, 10);
        faults.range("totp_drift_steps", totpDriftSteps, 0, 1);
        faults.range("code_digits", codeDigits, 6, 8);
        faults.range("email_code_seconds", emailCodeSeconds, 60, 600);
        faults.range("sms_code_seconds", smsCodeSeconds, 60, 600);
        faults.unless(
                smsRegions.stream().allMatch(region -> REGION.matcher(region).matches()),
                "sms_regions",
                "must be codes of two capital letters");
        faults.range("sms_daily_budget", smsDailyBudget, 0, 1_000_000);
        faults.unless(
                mailSender == null || SENDER.matcher(mailSender).matches(),
                "mail_sender",
                "must be a mail address, with a name before it or without");
        faults.unless(
                webotpHost == null || CodeMessage.isHost(webotpHost),
                "webotp_host",
                "must be a host name in lower case without a port, of at most " + CodeMessage.LONGEST_HOST
                        + " characters");
        faults.unless(
                defaultLocale == null
                        || (defaultLocale.length() <= LONGEST_LOCALE
                                && LOCALE.matcher(defaultLocale).matches()),
                "default_locale",
                "must be a language tag (RFC 5646)");
        faults.throwIfAny();
        allowedFactors = Collections.unmodifiableSet(EnumSet.copyOf(allowedFactors)); // in the same order everywhere
        enforcedRoles = sorted(enforcedRoles);
        smsRegions = sorted(smsRegions);
    }

    /**
     * What is asked of a person without a factor.
     *
     * @param roles theirs; null where the caller did not say, and then they count as one of the enforced
     */
    public Obligation obligation(@Nullable Collection<String> roles, Instant now) {
        if (enforcement == Enforcement.OPTIONAL) {
            return new Obligation.Free();
        }
        if (roles != null && !enforcedRoles.isEmpty() && Collections.disjoint(enforcedRoles, roles)) {
            return new Obligation.OtherRoles();
        }
        return requiredFrom != null && now.isBefore(requiredFrom)
                ? new Obligation.Grace(requiredFrom)
                : new Obligation.Due();
    }

    /** Whether people may use factors of a type. Those of the help desk they may, as far as the least level goes. */
    public boolean allows(FactorType type) {
        return type.isOfHelpDesk() || allowedFactors.contains(type);
    }

    /** How many days a computer can be let in by being remembered: none where each sign-in wants a level (RULES G2). */
    public int daysOfUseRemembered() {
        return leastLevel.signIn() == Level.REMEMBERED ? rememberedDays : 0;
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

    /** How old the proof for a change may be (RULES F1). */
    public Duration proofAge() {
        return Duration.ofSeconds(maximumAge);
    }

    /** The same policy with every member written. */
    public Written written() {
        return new Written(
                allowedFactors,
                enforcement,
                requiredFrom == null ? null : requiredFrom.toString(),
                enforcedRoles,
                rememberedDays,
                maximumAge,
                leastLevel.written(),
                challengeSeconds,
                attempts,
                totpDriftSteps,
                confirmEmailFirst,
                bypassNeedsApproval,
                codeDigits,
                emailCodeSeconds,
                smsCodeSeconds,
                smsRegions,
                smsDailyBudget,
                codeInSubject,
                mailSender,
                webotpHost,
                defaultLocale,
                texts);
    }

    private static Set<String> sorted(Set<String> texts) {
        return Collections.unmodifiableSet(new TreeSet<>(texts));
    }

    /** A policy as it is written: what is left out is the default. */
    @Schema(name = "Policy", additionalProperties = Schema.False.class)
    @RegisterForReflection
    public record Written(
            @Schema(description = "The factors that people may enroll and use; all by default") @Nullable
            Set<FactorType> allowedFactors,

            @Schema(
                    description =
                            "Whether people may sign in without a second step. With `required_from` they are asked to"
                                    + " enroll and may skip it until that date",
                    defaultValue = "optional")
            @Nullable
            Enforcement enforcement,

            @Schema(
                    description = "With the enforcement `required_from`, and only then: the end of the grace period",
                    format = "date-time")
            @Nullable
            String requiredFrom,

            @Schema(
                    description =
                            "The roles that a second step is required of, as a creation names them; empty: everyone",
                    maxItems = MOST_ROLES)
            @Nullable
            Set<String> enforcedRoles,

            @Schema(
                    description =
                            "Days that a computer is remembered; 0: never. Without effect where `least_level` asks for"
                                    + " more than level 0 at sign-in",
                    minimum = "0",
                    maximum = "90",
                    defaultValue = "14")
            @Nullable
            Integer rememberedDays,

            @Schema(
                    description = "Seconds that the proof for a change may be old",
                    minimum = "60",
                    maximum = "300",
                    defaultValue = "300")
            @Nullable
            Integer maximumAge,

            @Schema(
                    description = "The least level of a proof for each purpose, as `acr`; a creation may ask for more,"
                            + " never for less")
            LeastLevels.@Nullable Written leastLevel,

            @Schema(description = "The life of a challenge", minimum = "60", maximum = "900", defaultValue = "900")
            @Nullable
            Integer challengeSeconds,

            @Schema(description = "Wrong codes that end a challenge", minimum = "1", maximum = "10", defaultValue = "5")
            @Nullable
            Integer attempts,

            @Schema(
                    description = "Steps of 30 seconds that an authenticator app may be off either way",
                    minimum = "0",
                    maximum = "1",
                    defaultValue = "1")
            @Nullable
            Integer totpDriftSteps,

            @Schema(
                    description = "Whether a person's first factor also takes a code sent to their registered address",
                    defaultValue = "false")
            @Nullable
            Boolean confirmEmailFirst,

            @Schema(
                    description =
                            "Whether a bypass code of the help desk is not drawn until a second person there approves it",
                    defaultValue = "false")
            @Nullable
            Boolean bypassNeedsApproval,

            @Schema(description = "Digits of a sent code", minimum = "6", maximum = "8", defaultValue = "6") @Nullable
            Integer codeDigits,

            @Schema(
                    description = "How long a mailed code is good",
                    minimum = "60",
                    maximum = "600",
                    defaultValue = "600")
            @Nullable
            Integer emailCodeSeconds,

            @Schema(
                    description = "How long a code by SMS is good",
                    minimum = "60",
                    maximum = "600",
                    defaultValue = "300")
            @Nullable
            Integer smsCodeSeconds,

            @Schema(
                    description = "The regions that SMS may go to (ISO 3166-1 alpha-2); the United States and Canada by"
                            + " default")
            @Nullable
            Set<String> smsRegions,

            @Schema(
                    description = "SMS a day and region, half of them for proven numbers",
                    minimum = "0",
                    maximum = "1000000",
                    defaultValue = "500")
            @Nullable
            Integer smsDailyBudget,

            @Schema(description = "Whether a mail shows its code in the subject already", defaultValue = "false")
            @Nullable
            Boolean codeInSubject,

            @Schema(description = "The sender of mails; left out: the configured one") @Nullable
            String mailSender,

            @Schema(
                    description = "The front end's host, to which browsers bind the code of an SMS",
                    maxLength = CodeMessage.LONGEST_HOST)
            @Nullable
            String webotpHost,

            @Schema(description = "The language of people of whom none is known (RFC 5646)", maxLength = LONGEST_LOCALE)
            @Nullable
            String defaultLocale,

            @Schema(
                    type = SchemaType.OBJECT,
                    description = "The application's own texts of messages, by language and key")
            @Nullable
            Overrides texts) {

        /** Sets in an order of their own: two that are equal are written the same. */
        public Written {
            allowedFactors = allowedFactors == null ? null : new TreeSet<>(allowedFactors);
            enforcedRoles = enforcedRoles == null ? null : new TreeSet<>(enforcedRoles);
            smsRegions = smsRegions == null ? null : new TreeSet<>(smsRegions);
        }

        /** @throws InvalidPolicy naming every fault */
        public Policy toPolicy() {
            var faults = new Faults();
            var policy = policy(faults);
            faults.throwIfAny();
            return policy;
        }

        void check(Faults faults) {
            policy(faults);
        }

        private Policy policy(Faults faults) {
            var date = date(faults);
            var levels = leastLevel == null ? DEFAULT.leastLevel : leastLevel.read(faults);
            boolean hasDate = requiredFrom == null || date != null;
            try {
                return new Policy(
                        or(allowedFactors, DEFAULT.allowedFactors),
                        hasDate ? or(enforcement, DEFAULT.enforcement) : DEFAULT.enforcement,
                        date,
                        or(enforcedRoles, DEFAULT.enforcedRoles),
                        or(rememberedDays, DEFAULT.rememberedDays),
                        or(maximumAge, DEFAULT.maximumAge),
                        levels,
                        or(challengeSeconds, DEFAULT.challengeSeconds),
                        or(attempts, DEFAULT.attempts),
                        or(totpDriftSteps, DEFAULT.totpDriftSteps),
                        or(confirmEmailFirst, DEFAULT.confirmEmailFirst),
                        or(bypassNeedsApproval, DEFAULT.bypassNeedsApproval),
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
            } catch (InvalidPolicy e) {
                faults.addAll(e);
                return DEFAULT;
            }
        }

        private @Nullable Instant date(Faults faults) {
            try {
                return requiredFrom == null ? null : Instant.parse(requiredFrom);
            } catch (DateTimeException e) {
                faults.add(REQUIRED_FROM, "must be a time of RFC 3339, such as 2026-12-31T23:00:00Z");
                return null;
            }
        }

        private static <T> T or(@Nullable T value, T otherwise) {
            return value == null ? otherwise : value;
        }
    }
}
