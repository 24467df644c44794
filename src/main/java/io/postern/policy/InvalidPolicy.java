package io.postern.policy;

import io.postern.problem.FieldError;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import java.util.List;
import java.util.stream.Collectors;

/** A policy that breaks rules: all of them, each with the member that breaks it. */
public final class InvalidPolicy extends IllegalArgumentException {

    private final transient List<FieldError> faults;

    InvalidPolicy(List<FieldError> faults) {
        super("The policy is not valid: "
                + faults.stream()
                        .map(fault -> fault.field() + " " + fault.message())
                        .collect(Collectors.joining("; ")));
        this.faults = List.copyOf(faults);
    }

    public List<FieldError> faults() {
        return faults;
    }

    /** The members that break a rule, for a log: their names are no secret, their values might be. */
    String fields() {
        return faults.stream().map(FieldError::field).distinct().collect(Collectors.joining(", "));
    }

    /** The refusal of a call that brought it, as a member of its body or as the body where the name is empty. */
    public Problem asProblem(String member) {
        var named = faults.stream()
                .map(fault -> new FieldError(in(member, fault.field()), fault.message()))
                .toList();
        return Problem.of(ProblemCode.MALFORMED_REQUEST).with("errors", named);
    }

    private static String in(String member, String field) {
        return member.isEmpty() || field.equals(member) ? field : member + "." + field;
    }
}
