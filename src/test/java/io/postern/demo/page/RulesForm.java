package io.postern.demo.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.postern.demo.client.Rules;
import io.postern.demo.web.Request;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The main rules, as the form shows and brings them back.
 *
 * @param date     the day that {@code required_from} begins with, in UTC
 * @param approval whether a code of the help desk takes the approval of somebody else there
 */
public record RulesForm(
        String tag,
        String enforcement,
        String date,
        Set<String> roles,
        Set<String> factors,
        String days,
        String signIn,
        String stepUp,
        boolean approval) {

    static final List<String> ROLES = List.of("administrator", "editor", "viewer");
    static final List<String> FACTORS = List.of("totp", "sms", "email", "recovery_code");

    public RulesForm {
        roles = Set.copyOf(roles);
        factors = Set.copyOf(factors);
    }

    public static RulesForm of(Rules rules) {
        JsonNode holds = rules.holds();
        String from = holds.path("required_from").asText();
        return new RulesForm(
                rules.tag(),
                holds.path("enforcement").asText(),
                from.isEmpty()
                        ? ""
                        : LocalDate.ofInstant(Instant.parse(from), ZoneOffset.UTC)
                                .toString(),
                texts(holds.path("enforced_roles")),
                texts(holds.path("allowed_factors")),
                holds.path("remembered_days").asText(),
                holds.at("/least_level/sign_in").asText(),
                holds.at("/least_level/step_up").asText(),
                holds.path("bypass_needs_approval").asBoolean());
    }

    public static RulesForm of(Request request) {
        var roles = new HashSet<>(ROLES);
        roles.removeIf(role -> request.form("role-" + role).isEmpty());
        var factors = new HashSet<>(FACTORS);
        factors.removeIf(factor -> request.form("factor-" + factor).isEmpty());
        return new RulesForm(
                request.form("tag"),
                request.form("enforcement"),
                request.form("date"),
                roles,
                factors,
                request.form("days"),
                request.form("sign-in"),
                request.form("step-up"),
                !request.form("approval").isEmpty());
    }

    /** What this program can tell by itself; Postern judges the rest. */
    public List<FieldError> check() {
        var errors = new ArrayList<FieldError>();
        if (enforcement.equals("required_from") && !isDate()) {
            errors.add(new FieldError("date", "Choose the day from which it is required."));
        }
        if (!days.matches("[0-9]{1,4}")) {
            errors.add(new FieldError("days", "Write the days as a number."));
        }
        return errors;
    }

    /** The members of the policy that the form stands for; null for one that is not to be there. */
    public Map<String, @Nullable Object> members() {
        var members = new HashMap<String, @Nullable Object>();
        members.put("enforcement", enforcement);
        members.put("required_from", enforcement.equals("required_from") ? date + "T00:00:00Z" : null);
        members.put("enforced_roles", roles);
        members.put("allowed_factors", factors);
        members.put("remembered_days", Integer.valueOf(days));
        members.put("least_level", Map.of("sign_in", signIn, "step_up", stepUp));
        members.put("bypass_needs_approval", approval);
        return members;
    }

    private boolean isDate() {
        try {
            LocalDate.parse(date);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static Set<String> texts(JsonNode array) {
        var texts = new HashSet<String>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
