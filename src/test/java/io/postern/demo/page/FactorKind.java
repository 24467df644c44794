package io.postern.demo.page;

import io.postern.demo.client.Factor;
import io.postern.demo.web.Html;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How this admin area shows a method of Postern's. A method that has no entry here is listed in the profile by its name,
 * and is not offered at the code page.
 */
public enum FactorKind {
    TOTP(
            "totp",
            "Authenticator app",
            "Code",
            "Open your authenticator app and type the six digits that it shows for this site. Each code works once; the next one comes within 30 seconds.",
            "That is not a code: it has six digits, for example 123 456.",
            Pattern.compile("[0-9]{6}")),
    EMAIL(
            "email",
            "Email",
            "Code from the email",
            "Type the digits that the email has for you.",
            "That is not a code: it has six digits, for example 123 456.",
            Pattern.compile("[0-9]{6,8}")),
    SMS(
            "sms",
            "Text message",
            "Code from the text message",
            "Type the digits that the text message has for you.",
            "That is not a code: it has six digits, for example 123 456.",
            Pattern.compile("[0-9]{6,8}")),
    RECOVERY_CODE(
            "recovery_code",
            "Recovery code",
            "Recovery code",
            "Type one of the recovery codes that you kept. Each works once.",
            "That is not a recovery code: it has four groups of five letters and digits.",
            Pattern.compile("[0-9A-Za-z]{20}")),
    BYPASS_CODE(
            "bypass_code",
            "Code of the help desk",
            "Code of the help desk",
            "Type the code that the help desk has read out to you. It works once.",
            "That is not a code of the help desk: it has three groups of four letters and digits.",
            Pattern.compile("[0-9A-Za-z]{12}"));

    private final String type;
    private final String title;
    private final String codeLabel;
    private final String instruction;
    private final String complaint;
    private final Pattern code;

    FactorKind(String type, String title, String codeLabel, String instruction, String complaint, Pattern code) {
        this.type = type;
        this.title = title;
        this.codeLabel = codeLabel;
        this.instruction = instruction;
        this.complaint = complaint;
        this.code = code;
    }

    public static Optional<FactorKind> of(Factor factor) {
        return of(factor.type());
    }

    public static Optional<FactorKind> of(String type) {
        return Arrays.stream(values()).filter(kind -> kind.type.equals(type)).findFirst();
    }

    /** Postern's name of the method. */
    public String type() {
        return type;
    }

    public String title() {
        return title;
    }

    /** Whether its codes are messages, which have to be asked for. */
    public boolean isSent() {
        return this == EMAIL || this == SMS;
    }

    /** Whether it only stands in for the others, and is offered last. */
    public boolean isLastResort() {
        return this == RECOVERY_CODE || this == BYPASS_CODE;
    }

    /** What the person typed, without the spaces and dashes that people and apps put into codes. */
    public String normalize(String typed) {
        return typed.replaceAll("[\\s\\u00a0-]", "");
    }

    /** Whether it can be a code at all; if not, asking Postern would only cost the person a try. */
    public boolean couldBe(String normalized) {
        return code.matcher(normalized).matches();
    }

    public String complaint() {
        return complaint;
    }

    String codeLabel() {
        return codeLabel;
    }

    String instruction() {
        return instruction;
    }

    /**
     * The attributes of the input for its codes. That of a recovery code wants letters, and takes what is pasted however
     * it is spaced.
     */
    Html attributes() {
        Html digits = Html.of(" type=\"text\" class=\"code\" autocomplete=\"one-time-code\" autocapitalize=\"none\""
                + " spellcheck=\"false\" maxlength=\"32\" inputmode=\"numeric\" required");
        return switch (this) {
            case TOTP -> Html.of("{} pattern=\"\\s*([0-9]\\s*){6}\" title=\"Six digits\"", digits);
            case EMAIL, SMS -> Html.of("{} pattern=\"\\s*([0-9]\\s*){6,8}\" title=\"Six digits\"", digits);
            case RECOVERY_CODE, BYPASS_CODE ->
                Html.of(" type=\"text\" class=\"mono\" autocomplete=\"off\" autocapitalize=\"characters\""
                        + " spellcheck=\"false\" required");
        };
    }
}
