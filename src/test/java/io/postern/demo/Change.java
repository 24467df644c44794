package io.postern.demo;

import io.postern.demo.client.Action;
import io.postern.demo.page.FactorKind;

/** A change of somebody's factors, and how a page speaks of it before it is made. */
sealed interface Change {
    Action action();

    String title();

    String consequence();

    String button();

    record AddFactor(FactorKind kind) implements Change {
        @Override
        public Action action() {
            return Action.ADD_FACTOR;
        }

        @Override
        public String title() {
            return "Add an authenticator app";
        }

        @Override
        public String consequence() {
            return "Before another app can sign you in, confirm that it is you with one that you have already.";
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
            return "Setting up took more than five minutes. Confirm once more that it is you; the new app stays as it is.";
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
            return "Every authenticator app of yours is forgotten, and your password alone will sign you in.";
        }

        @Override
        public String button() {
            return "Turn it off";
        }
    }
}
