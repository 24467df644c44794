package io.postern.operator;

import io.postern.problem.FieldError;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which passwords operators may choose, after NIST SP 800-63B-4 section 3.1.1.2: long ones, no rules about kinds of characters,
 * and none that is commonly used or expected. The whole password is compared, not what it may contain; what is compared is
 * folded, so that a common password is found under other capitals, with punctuation, with digits around it, or repeated.
 *
 * <p>Fifteen characters are asked for although a second factor follows (eight would do with one): until a first factor is
 * enrolled the password stands alone.
 */
final class PasswordRules {

    static final int LEAST = 15;
    static final int MOST = 128;

    private static final String PRODUCT = "postern";

    private final Set<String> common;

    private PasswordRules(Set<String> common) {
        this.common = common;
    }

    static PasswordRules read() {
        var name = "/operator/common-passwords.txt";
        try (var stream = Objects.requireNonNull(PasswordRules.class.getResourceAsStream(name), name);
                var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return new PasswordRules(
                    reader.lines().filter(line -> !line.startsWith("#")).collect(Collectors.toUnmodifiableSet()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same password typed on another keyboard is the same (Unicode NFKC). */
    static String normalized(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    /**
     * Checks a new password.
     *
     * @throws Problem {@code malformed_request} that says what is wrong with the field
     */
    void require(String field, String password, String operator, @Nullable String email) {
        fault(normalized(password), operator, email).ifPresent(fault -> {
            throw Problem.of(ProblemCode.MALFORMED_REQUEST).with("errors", List.of(new FieldError(field, fault)));
        });
    }

    /** What is wrong with a normalized password; empty for a good one. */
    Optional<String> fault(String password, String operator, @Nullable String email) {
        int length = password.codePointCount(0, password.length());
        if (length < LEAST || length > MOST) {
            return Optional.of("must be %d to %d characters".formatted(LEAST, MOST));
        }
        var core = unit(folded(password));
        if (core.codePointCount(0, core.length()) < 4 || isCommon(core)) {
            return Optional.of("is too common, choose another");
        }
        if (expected(operator, email).contains(unit(trimmed(core)))) {
            return Optional.of("must not be made of a name that belongs to you or to the service");
        }
        return Optional.empty();
    }

    private boolean isCommon(String core) {
        var trimmed = trimmed(core);
        return common.contains(core) || trimmed.isEmpty() || common.contains(trimmed) || common.contains(unit(trimmed));
    }

    private static Set<String> expected(String operator, @Nullable String email) {
        var address = email == null ? "" : email;
        var words = new HashSet<String>();
        Stream.concat(
                        Stream.of(operator, address, PRODUCT, PRODUCT + operator, operator + PRODUCT),
                        Arrays.stream(address.split("@", 2)))
                .map(word -> trimmed(unit(folded(word))))
                .filter(word -> !word.isEmpty())
                .forEach(words::add);
        return words;
    }

    private static String folded(String text) {
        return normalized(text)
                .toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String trimmed(String text) {
        return text.replaceAll("^\\d+|\\d+$", "");
    }

    /** The shortest beginning that the text is a repetition of, the last one perhaps cut off. */
    private static String unit(String text) {
        for (int length = 1; length <= text.length() / 2; length++) {
            var unit = text.substring(0, length);
            if (unit.repeat(text.length() / length + 1).startsWith(text)) {
                return unit;
            }
        }
        return text;
    }
}
