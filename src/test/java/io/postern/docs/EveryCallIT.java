package io.postern.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.postern.harness.Postern;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Every call of the document answers with success, and as the document says: from the first operator through an application, a
 * person's factors, sign-ins and the help desk to their erasure. So a build of which a part was left out is found.
 */
final class EveryCallIT {

    @Test
    void everyCallAnswersAsTheDocumentSays() throws IOException {
        try (var postern = Postern.start(Postern.Options.DEFAULT
                .withCopies(1)
                .withDelivery()
                .withEnvironment("POSTERN_WEBHOOK_ALLOWED_NETWORKS", "127.0.0.0/8"))) {
            var calls = new DocumentedCalls(new DocumentedApi(postern));
            var applications = new CallsOfApplications(calls, postern);
            var client = applications.application(new CallsOfOperators(calls, postern).all());
            applications.policy(client);
            applications.webhooks(client);
            applications.imports(client);
            new CallsAboutPeople(calls, postern, client).all();
            applications.audit(client);

            assertEquals(List.of(), calls.faults());
            assertEquals(Set.of(), calls.open());
        }
    }
}
