package io.postern.factor;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.postern.delivery.Channel;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The kinds of factor, each with its level (RULES A1) and its authentication methods (RULES A2, RFC 8176). */
@Schema(description = """
        - `totp`: an authenticator app or password manager (RFC 6238)
        - `email`: a code by mail
        - `sms`: a code by SMS
        - `recovery_code`: one of ten codes that the person keeps, each good once
        - `bypass_code`: a code that the help desk gives, good once and for an hour at most; nobody enrolls it""")
public enum FactorType {
    TOTP("Authenticator app", Level.SECOND_FACTOR, null, "otp", "mfa"),
    EMAIL("Email", Level.CODE_BY_EMAIL, Channel.EMAIL, "email"),
    SMS("SMS", Level.SECOND_FACTOR, Channel.SMS, "sms", "mfa"),
    RECOVERY_CODE("Recovery codes", Level.SECOND_FACTOR, null, "recovery", "mfa"),
    BYPASS_CODE("Code of the help desk", Level.CODE_BY_EMAIL, null, "support");

    private final String label;
    private final Level level;
    private final @Nullable Channel channel;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> methods;

    FactorType(String label, Level level, @Nullable Channel channel, String... methods) {
        this.label = label;
        this.level = level;
        this.channel = channel;
        this.methods = List.of(methods);
    }

    /** What a factor of this type is called until the person names it. */
    public String label() {
        return label;
    }

    public Level level() {
        return level;
    }

    /** The way that its codes go; empty where none are sent. */
    public Optional<Channel> channel() {
        return Optional.ofNullable(channel);
    }

    /** The {@code amr} claim of a proof by such a factor. */
    public List<String> methods() {
        return methods;
    }

    /**
     * Whether it only stands in for the others: there is none without them, two-factor is not on by it, no computer is
     * remembered for it, and its tries are counted apart (RULES C3, D2, G2). A subject has one, which goes by the name of its
     * type.
     */
    public boolean isFallback() {
        return this == RECOVERY_CODE || isOfHelpDesk();
    }

    /** Whether it is the help desk that gives it (RULES F4). No policy names it, and nobody enrolls it. */
    public boolean isOfHelpDesk() {
        return this == BYPASS_CODE;
    }

    /** The name in the API and in the store. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The type of an {@link #id}.
     *
     * @throws IllegalArgumentException when there is no such type
     */
    @JsonCreator
    public static FactorType of(String id) {
        return Arrays.stream(values())
                .filter(type -> type.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown factor type"));
    }
}
