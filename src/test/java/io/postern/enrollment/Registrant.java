package io.postern.enrollment;

import io.postern.embedded.SeededClient;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Correspondent;
import io.postern.harness.Postern;
import java.util.Map;
import java.util.UUID;

/** A subject of its own for one test, with two-factor off, that enrolls addresses and numbers. */
record Registrant(Postern postern, Api api, String path) {
    /** Registered with an address that nothing was sent to. */
    static Registrant on(Postern postern) {
        var api = postern.api(SeededClient.DEMO_ADMIN, 0);
        var path = "/v1/subjects/registrant-" + UUID.randomUUID();
        api.put(path, Map.of("email", Correspondent.newAddress())).expect(201);
        return new Registrant(postern, api, path);
    }

    Answer begin(String type, String destination) {
        return Correspondent.begin(api, path, type, destination);
    }

    /** The path of a factor that was begun. */
    String factor(Answer pending) {
        return path + "/factors/" + pending.text("id");
    }

    Answer activate(Answer pending, String code) {
        return api.post(factor(pending) + "/activate", Map.of("code", code));
    }

    /** How many factors there are, pending or active. */
    int factors() {
        return api.get(path + "/factors").expect(200).json().path("factors").size();
    }

    /** The first code that arrived there. */
    String codeFor(String destination) {
        return code(destination, 1);
    }

    /** The latest of so many codes that arrived there. */
    String code(String destination, int count) {
        return Correspondent.codes(postern, destination, count).getLast();
    }
}
