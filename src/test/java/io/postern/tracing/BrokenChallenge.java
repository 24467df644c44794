package io.postern.tracing;

import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Person;
import io.postern.harness.Postern;

/** A fault of the service's own, which it logs: a challenge whose state was written by somebody else. */
final class BrokenChallenge {

    private BrokenChallenge() {}

    /** The answer of a call that meets it. */
    static Answer met(Postern postern, Person person, Api through) {
        var challenge = person.challenge();
        var key = "postern:{" + challenge.substring(0, 22) + "}:challenge:" + challenge.substring(22);
        postern.redis().command("HSET", key, "state", "broken!");
        try {
            return person.verify(through, challenge, person.code()).expectProblem(500, "internal_error");
        } finally {
            postern.redis().command("DEL", key);
        }
    }
}
