package io.postern.demo;

import io.postern.demo.client.Action;
import io.postern.demo.page.FactorKind;
import java.util.Optional;

/** A change of somebody's factors, and how a page speaks of it before it is made. */
sealed interface Change {
    Action action();

    String title();

    String consequence();

    String button();

    /**
     * A factor is to be set up.
     *
     * @param label       its name
     * @param destination where its codes are to go, as typed; empty where none are sent
     * @param once        makes the wish good for one factor, however often it is sent
     */
    record AddFactor(FactorKind kind, String label, Optional<String> destination, String once) implements Change {
        @Override
        public Action action() {
            return Action.ADD_FACTOR;
        }

        @Override
        public String title() {
            return switch (kind) {
                case TOTP -> "Add an authenticator app";
                case EMAIL -> "Add an email address";
                case SMS -> "Add a phone number";
                case RECOVERY_CODE -> "Add recovery codes";
                case BYPASS_CODE -> "Add a code of the help desk";
            };
        }

        @Override
        public String consequence() {
            return "Before another way can sign you in, confirm that it is you with one that you have already.";
        }

        @Override
        public String button() {
            return "Continue";
        }
    }

    /** The proof of an addition has grown old while the new app was being set up. */
    record FinishSetUp() implements Change {
        @Override
        public Action action() {
            return Action.ADD_FACTOR;
        }

        @Override
        public String title() {
            return "Confirm once more";
        }

        @Override
        public String consequence() {
            return "Setting up took more than five minutes. Confirm once more that it is you; what you have set up stays as it is.";
        }

        @Override
        public String button() {
            return "Continue";
        }
    }

    record RemoveFactor(String id, String label) implements Change {
        @Override
        public Action action() {
            return Action.REMOVE_FACTOR;
        }

        @Override
        public String title() {
            return "Remove “" + label + "”";
        }

        @Override
        public String consequence() {
            return "Its codes will not sign you in any longer. Your other ways stay, and two-factor authentication stays on.";
        }

        @Override
        public String button() {
            return "Remove it";
        }
    }

    record TurnOff() implements Change {
        @Override
        public Action action() {
            return Action.DISABLE;
        }

        @Override
        public String title() {
            return "Turn off two-factor authentication";
        }

        @Override
        public String consequence() {
            return "All your ways to confirm a sign-in are forgotten, recovery codes included, and your password alone will sign you in.";
        }

        @Override
        public String button() {
            return "Turn it off";
        }
    }

    record NewRecoveryCodes() implements Change {
        @Override
        public Action action() {
            return Action.NEW_RECOVERY_CODES;
        }

        @Override
        public String title() {
            return "Make new recovery codes";
        }

        @Override
        public String consequence() {
            return "You get ten new codes. The old ones, wherever you keep them, are worth nothing then.";
        }

        @Override
        public String button() {
            return "Make new codes";
        }
    }
}
