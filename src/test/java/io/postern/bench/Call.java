package io.postern.bench;

import java.io.IOException;

/** What is done again and again. */
interface Call {
    /**
     * Does it once.
     *
     * @return whether it was done; false when it cannot be done any more
     * @throws IOException when the answer is not the expected one, or there is none
     */
    boolean run(HttpConnection connection) throws IOException;

    /** The least that the service can do for a call: the yardstick. */
    static Call bare() {
        return connection -> {
            connection.get("/.well-known/jwks.json").expect(200);
            return true;
        };
    }

    /** A challenge and its right code, as a front end does it. */
    static Call signIn(Codes codes) {
        return connection -> {
            var next = codes.next();
            if (next.isEmpty()) {
                return false;
            }
            signIn(connection, next.get());
            return true;
        };
    }

    private static void signIn(HttpConnection connection, Codes.Turn turn) throws IOException {
        String subject = turn.subject().id();
        String created = connection
                .post("/v1/challenges", """
                        {"subject":"%s","purpose":"sign_in","nonce":"n-%s","ip":"203.0.113.7",\
                        "user_agent":"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}""".formatted(subject, subject))
                .expect(201)
                .body();
        String answer = connection
                .post("/v1/challenges/" + id(created) + "/verify", """
                        {"factor":"%s","code":"%s","subject":"%s","remember_device":false}""".formatted(
                                turn.subject().factor(), turn.code(), subject))
                .expect(200)
                .body();
        if (!answer.contains("\"verification_token\"")) {
            throw new IOException("Not approved: " + answer);
        }
    }

    private static String id(String challenge) throws IOException {
        String before = "\"id\":\"";
        int start = challenge.indexOf(before) + before.length();
        int end = challenge.indexOf('"', start);
        if (start < before.length() || end < 0) {
            throw new IOException("No challenge: " + challenge);
        }
        return challenge.substring(start, end);
    }
}
