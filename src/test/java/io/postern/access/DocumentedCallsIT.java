package io.postern.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.postern.harness.Api;
import io.postern.harness.Operation;
import io.postern.harness.Postern;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is tried on every call is tried on every call there is. */
final class DocumentedCallsIT {

    /** They need no access token: it is where clients and operators get one, or public. */
    private static final List<String> OPEN = List.of(
            "POST /oauth2/token",
            "GET /.well-known/jwks.json",
            "POST /v1/operators/bootstrap",
            "POST /v1/operators/accept-invitation",
            "POST /v1/operators/sign-in",
            "POST /v1/operators/sign-in/{challenge}/send",
            "POST /v1/operators/sign-in/{challenge}/verify");

    @Test
    void listOfCallsIsThatOfTheDocument() {
        var document = Api.at(Postern.shared().first())
                .get("/q/openapi?format=json")
                .expect(200)
                .json();
        var documented = new TreeSet<String>();
        var scopes = new TreeMap<String, String>();
        document.path("paths")
                .fields()
                .forEachRemaining(path -> path.getValue().fields().forEachRemaining(method -> {
                    var name = method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
                    documented.add(name);
                    var alternatives = method.getValue().path("security").findValues("oauth2").stream()
                            .map(one -> one.path(0).textValue())
                            .toList();
                    if (!alternatives.isEmpty()) {
                        scopes.put(name, String.join(" ", alternatives));
                    }
                }));

        var known = new TreeSet<>(OPEN);
        var knownScopes = new TreeMap<String, String>();
        Operation.ALL.forEach(operation -> {
            known.add(operation.name());
            knownScopes.put(operation.name(), operation.scope());
        });
        assertEquals(known, documented);
        assertEquals(knownScopes, scopes);
    }
}
