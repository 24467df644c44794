package io.postern.application;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an API client may do (DESIGN section 4). */
public enum Scope {
    VERIFY,
    ENROLL,
    SUPPORT,
    AUDIT,
    ADMIN;

    /** For annotations, which want constants. */
    public static final String VERIFY_ID = "verify";

    public static final String ENROLL_ID = "enroll";

    public static final String ADMIN_ID = "admin";

    public static final String AUDIT_ID = "audit";

    public static final String SUPPORT_ID = "support";

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Scope> of(String id) {
        return Arrays.stream(values()).filter(scope -> scope.id().equals(id)).findFirst();
    }
}
