package io.postern.message;

import io.postern.factor.FactorType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Messages as the service has them written. */
final class Samples {

    static final String CODE = "40718265";
    static final String HOST = "admin.shop.example";
    static final String LONGEST_HOST = "a".repeat(28) + ".example.com";
    static final Instant TIME = Instant.parse("2026-11-22T02:01:24Z");

    /** Names of 64 characters, or what may come of such. */
    static final List<String> NAMES = List.of(
            "Shop admin of the northern branches and of all their warehouses.",
            "Müllers große Übersicht über alle Bestellungen und Rückläufe, 64",
            "Gestão de pedidos, armazéns e devoluções da região — São José ç!",
            "[{~}] ".repeat(10) + "|€|€",
            "Интернет-магазин: заказы, склады и возвраты по всем областям, 64",
            "オンラインショップ管理".repeat(6).substring(0, 64),
            "متجر الكتب والأدوات المكتبية".repeat(3).substring(0, 64),
            "🛒".repeat(64),
            "Shop 🛒 admin 👩‍💻",
            "Shop");

    private Samples() {}

    static Branding branding(String name) {
        return new Branding("shop-admin", name, null, Overrides.NONE);
    }

    static CodeMessage signIn(Branding branding, @Nullable String locale) {
        return code(branding, locale, new Occasion.SignIn(), HOST);
    }

    static CodeMessage code(Branding branding, @Nullable String locale, Occasion occasion, @Nullable String host) {
        return new CodeMessage(branding, locale, CODE, occasion, 10, false, host);
    }

    static NoticeMessage notice(Branding branding, String locale, Notice notice) {
        return new NoticeMessage(branding, locale, notice, TIME, "203.0.113.9");
    }

    /** One of each. */
    static List<Notice> notices(String label) {
        return List.of(
                new Notice.FactorAdded(FactorType.TOTP, label),
                new Notice.FactorRemoved(FactorType.TOTP, label),
                new Notice.FactorUnlocked(FactorType.TOTP, label),
                new Notice.FactorLocked(FactorType.TOTP, label),
                new Notice.FailuresRepeated(FactorType.TOTP, label),
                new Notice.TwoFactorDisabled(),
                new Notice.AllFactorsRemoved(),
                new Notice.EmailReplaced("n•••@example.com"),
                new Notice.EmailSet(Optional.of("o•••@example.com")),
                new Notice.SubjectErased(),
                new Notice.RecoveryCodesRenewed(),
                new Notice.RecoveryCodeUsed(7),
                new Notice.DeviceTokenReused("Firefox on Windows"),
                new Notice.DeviceForgotten("Firefox on Windows"),
                new Notice.DevicesForgotten(),
                new Notice.BypassCodeMade(),
                new Notice.BypassCodeUsed(),
                new Notice.PasswordSet(),
                new Notice.ByHelpDesk(new Notice.FactorRemoved(FactorType.TOTP, label)),
                new Notice.RecoveryCodesLow(2),
                new Notice.ChangeDisowned(),
                new Notice.FreezeLifted());
    }
}
