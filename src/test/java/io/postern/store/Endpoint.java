package io.postern.store;

import io.postern.harness.Answer;
import io.postern.harness.Api;
import java.util.Map;
import java.util.UUID;

/** Every call of the API that looks at a store, by its operation id. */
enum Endpoint {
    TOKEN,
    PUT_SUBJECT,
    GET_SUBJECT,
    DISABLE,
    BEGIN_ENROLLMENT,
    ACTIVATE,
    LIST_FACTORS,
    GET_FACTOR,
    GET_PENDING_FACTOR,
    CHANGE_FACTOR,
    REMOVE_FACTOR,
    UNLOCK_FACTOR,
    CREATE_CHALLENGE,
    GET_CHALLENGE,
    VERIFY;

    /** Whether the outage leaves it without an answer: it works without Redis where it counts and remembers nothing. */
    boolean needs(Outage outage) {
        return switch (this) {
            case TOKEN, BEGIN_ENROLLMENT, CREATE_CHALLENGE, GET_CHALLENGE, VERIFY -> true;
            case PUT_SUBJECT,
                    GET_SUBJECT,
                    DISABLE,
                    ACTIVATE,
                    LIST_FACTORS,
                    GET_FACTOR,
                    GET_PENDING_FACTOR,
                    CHANGE_FACTOR,
                    REMOVE_FACTOR,
                    UNLOCK_FACTOR -> !outage.isOfRedis();
        };
    }

    /** A call that changes nothing which stands, but for the tries of the challenge and of the pending factor. */
    Answer call(Api api, Standing at) {
        var person = at.person();
        var factor = person.path("/factors/" + person.factor());
        return switch (this) {
            case TOKEN -> token(api, "client-" + UUID.randomUUID());
            case PUT_SUBJECT -> api.put(person.path(), Map.of("display_name", "Somebody"));
            case GET_SUBJECT -> api.get(person.path());
            case DISABLE -> api.post(person.path("/disable"));
            case BEGIN_ENROLLMENT ->
                api.with("Idempotency-Key", UUID.randomUUID().toString())
                        .post(at.beginner().path("/factors"), Map.of("type", "totp"));
            case ACTIVATE ->
                api.post(at.beginner().path("/factors/" + at.pendingFactor() + "/activate"), Map.of("code", "no code"));
            case LIST_FACTORS -> api.get(person.path("/factors"));
            case GET_FACTOR -> api.get(factor);
            case GET_PENDING_FACTOR -> api.get(at.beginner().path("/factors/" + at.pendingFactor()));
            case CHANGE_FACTOR -> api.patch(factor, Map.of("label", "Phone"));
            case REMOVE_FACTOR -> api.delete(factor);
            case UNLOCK_FACTOR -> api.post(factor + "/unlock");
            case CREATE_CHALLENGE -> person.challenge(api, Map.of("purpose", "sign_in"));
            case GET_CHALLENGE -> api.get("/v1/challenges/" + at.challenge());
            case VERIFY -> person.verify(api, at.challenge(), "no code");
        };
    }

    static Answer token(Api api, String client) {
        return api.withBasic(client, "a secret").postForm("/oauth2/token", Map.of("grant_type", "client_credentials"));
    }
}
