package io.postern.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.postern.harness.Api;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.util.List;
import java.util.Map;

/** A right code that is sent while a store fails. */
final class RightCode {
    private final Sql sql;
    private final Api api;
    private final Person person;
    private final String challenge;
    private final String code;
    private final List<String> before;

    RightCode(Postern postern, Api api) {
        this.sql = Sql.on(postern);
        this.api = api;
        this.person = Person.enrolled(postern, api);
        this.challenge =
                person.challenge(api, Map.of("purpose", "sign_in")).expect(201).text("id");
        this.code = person.code();
        this.before = written();
    }

    void isNotApproved() {
        person.verify(api, challenge, code).expectProblem(503, "store_unavailable");
    }

    /** To be asked once all has healed; sends the code again. */
    void wasNotApprovedAndIsAtMostOnce(Outage outage) {
        var written = written();
        var again = person.verify(api, challenge, code).status();
        if (outage == Outage.POSTGRES_FROZEN && !written.equals(before)) {
            // The statement came through with the thaw (RULES B5): the code is spent, and nobody holds a token of it.
            assertNotEquals(200, again);
        } else {
            assertEquals(before, written);
            assertEquals(outage.emptiesRedis() ? 404 : 200, again);
        }
    }

    /** All that Postgres holds of the person's tries. */
    private List<String> written() {
        return sql.texts("""
                select concat_ws(' ', f.failures, f.last_step,
                    (select count(*) from audit_event a where a.factor_id = f.id),
                    (select count(*) from approval p join audit_event a on a.challenge = p.challenge where a.factor_id = f.id))
                from factor f where f.id = ?::uuid
                """, person.factor());
    }
}
