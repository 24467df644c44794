package io.postern.message;

import io.postern.token.Action;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What a code is asked for. */
public sealed interface Occasion {

    /** The last part of the keys of its texts. */
    default String id() {
        return switch (this) {
            case SignIn occasion -> "sign_in";
            case StepUp occasion -> occasion.action().id();
            case Enrollment occasion -> "enrollment";
        };
    }

    /** Every occasion that there is. */
    static List<Occasion> all() {
        Stream<Occasion> actions = Arrays.stream(Action.values()).map(StepUp::new);
        return Stream.concat(Stream.of(new SignIn(), new Enrollment()), actions).toList();
    }

    /** The password was right, the code completes the sign-in. */
    record SignIn() implements Occasion {}

    /** A change is to be made. */
    record StepUp(Action action) implements Occasion {}

    /** The address or number that the code goes to is to be proven. */
    record Enrollment() implements Occasion {}
}
