package io.postern.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** After NIST SP 800-63B-4 section 3.1.1.2: length and a list, no composition. */
final class PasswordRulesTest {

    private final PasswordRules rules = PasswordRules.read();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sixteen chars !!",
                "four candles under the bridge",
                "aaaa bbbb cccc dddd eeee",
                "пятнадцать букв тут",
                "密码密码不是这个词语而是一整句话啊",
                "password of the old lighthouse",
                "ada lovelace rides a bicycle"
            })
    void longOnesAreTakenWhateverTheyAreMadeOf(String password) {
        assertEquals(Optional.empty(), fault(password));
    }

    @Test
    void lengthIsCountedInCharactersAndNotInBytes() {
        assertTrue(fault("x7#kQ2!vB9$mR4").isPresent(), "fourteen");
        assertEquals(Optional.empty(), fault("x7#kQ2!vB9$mR4z"), "fifteen");
        assertTrue(fault("😀🐳🌍🔑🎲🚲🎈🌵").isPresent(), "eight characters of two units");
        assertEquals(Optional.empty(), fault("abc def ghi jkl ".repeat(8).strip() + "#"), "128");
        assertTrue(fault("abc def ghi jkl ".repeat(8) + "#").isPresent(), "129");
        assertEquals(Optional.empty(), fault("密".repeat(3) + "码不是这个词语而是一整句话".repeat(9)), "more than 72 bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "passwordpassword",
                "PasswordPassword1",
                "P-a-s-s-w-o-r-d-2026!",
                "123456789012345",
                "1234567890 1234567890",
                "aaaaaaaaaaaaaaaa",
                "abababababababab",
                "1111111111111111",
                "qwertyuiopasdfghjkl",
                "Qwertyuiop 1234567890",
                "correct horse battery staple",
                "letmeinletmeinletmein",
                "iloveyouiloveyou",
                "000password123456",
                "................"
            })
    void commonOnesAreRefused(String password) {
        assertTrue(fault(password).isPresent(), password);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada.lovelaceada.lovelace",
                "Ada.Lovelace@Example.com",
                "ada_lovelace_1234567",
                "posternposternpostern",
                "postern postern 2026",
                "Postern 2026 2026 2026",
                "postern-ada.lovelace",
                "example.com example.com"
            })
    void thoseMadeOfNamesAreRefused(String password) {
        assertTrue(fault(password).isPresent(), password);
    }

    @Test
    void samePasswordOnAnotherKeyboardIsTheSame() {
        assertEquals(
                PasswordRules.normalized("Zwölf Boote im Hafen"),
                PasswordRules.normalized("Zwo\u0308lf Boote im Hafen"));
        assertEquals(PasswordRules.normalized("ﬁfteen"), PasswordRules.normalized("fifteen"));
        assertNotEquals(PasswordRules.normalized("Boote"), PasswordRules.normalized("boote"));
    }

    private Optional<String> fault(String password) {
        return rules.fault(PasswordRules.normalized(password), "ada.lovelace", "ada.lovelace@example.com");
    }
}
