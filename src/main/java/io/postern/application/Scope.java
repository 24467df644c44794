package io.postern.application;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What an API client may do (DESIGN section 4). */
@Schema(name = "Scope", description = """
                - `verify`: challenges
                - `enroll`: subjects and their factors
                - `support`: the help desk
                - `audit`: the audit trail
                - `admin`: policy, applications and API clients""")
public enum Scope {
    @JsonProperty("verify")
    VERIFY,
    @JsonProperty("enroll")
    ENROLL,
    @JsonProperty("support")
    SUPPORT,
    @JsonProperty("audit")
    AUDIT,
    @JsonProperty("admin")
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
