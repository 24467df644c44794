package io.postern.challenge;

import io.postern.event.About;

/** A try whose claim was granted. */
record Try(String application, String client, ChallengeId challenge, ChallengeState state, Candidate factor) {

    About about() {
        return new About(application, state.subjectId(), factor.id(), factor.type(), challenge.number(), client);
    }
}
