package io.postern.operator;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.postern.application.Scope;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What an operator is for, the lowest first. Each holds what those below it hold; none acts as a front end does. */
@Schema(name = "OperatorRole", description = """
                - `viewer`: reads the audit trail (scope `audit`)
                - `support`: helps people too (`support`), and viewers among the operators
                - `admin`: everything that operators may (`admin`)""")
enum OperatorRole {
    @JsonProperty("viewer")
    VIEWER,
    @JsonProperty("support")
    SUPPORT,
    @JsonProperty("admin")
    ADMIN;

    static OperatorRole of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    Set<Scope> scopes() {
        return switch (this) {
            case VIEWER -> EnumSet.of(Scope.AUDIT);
            case SUPPORT -> EnumSet.of(Scope.SUPPORT, Scope.AUDIT);
            case ADMIN -> EnumSet.of(Scope.SUPPORT, Scope.AUDIT, Scope.ADMIN);
        };
    }

    /** Whether this one may look after the other (RULES F4): a lower one, and administrators after each other. */
    boolean mayLookAfter(OperatorRole other) {
        return this == ADMIN || compareTo(other) > 0;
    }
}
