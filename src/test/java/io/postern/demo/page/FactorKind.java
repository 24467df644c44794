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
            "Open your authenticator app and type the six digits that it shows for this site. Each code works once; the next one comes within 30 seconds.",
            "That is not a code: it has six digits, for example 123 456.",
            Pattern.compile("[0-9]{6}"),
            Html.of(" inputmode=\"numeric\" pattern=\"\\s*([0-9]\\s*){6}\" title=\"Six digits\""));

    private final String type;
    private final String title;
    private final String instruction;
    private final String complaint;
    private final Pattern code;
    private final Html attributes;

    FactorKind(String type, String title, String instruction, String complaint, Pattern code, Html attributes) {
        this.type = type;
        this.title = title;
        this.instruction = instruction;
        this.complaint = complaint;
        this.code = code;
        this.attributes = attributes;
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

    /** What the person typed, without the spaces that people and apps put into codes. */
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

    String instruction() {
        return instruction;
    }

    Html attributes() {
        return attributes;
    }
}
