package io.postern.enrollment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.postern.harness.Correspondent;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which numbers can be enrolled (RULES E3). */
final class NumbersIT {

    private final Postern postern = Postern.shared();
    private final Registrant person = Registrant.on(postern);

    @ParameterizedTest
    @CsvSource({
        "+1 (415) 555-0123, +14155550123",
        "+1-604-555-1234, +16045551234",
        "+1.415.555.1234, +14155551234",
    })
    void numbersAreNormalized(String written, String e164) {
        postern.redis().command("FLUSHALL");
        var before = postern.sms().messagesTo(e164).size();
        var pending = person.begin("sms", written).expect(201);
        var active = person.activate(pending, person.code(e164, before + 1)).expect(200);
        assertEquals("+•••••••••" + e164.substring(10), active.text("destination"));
    }

    /** RULES E3: the region counts, not the dialling code. */
    @ParameterizedTest
    @CsvSource({
        "+18765550123, JM",
        "+447400123456, GB",
        "+17875551234, PR",
        "+493012345678, none",
        "+4915123456789, DE",
    })
    void otherRegionsAreRefusedUntilAllowed(String number, String region) {
        var refused = person.begin("sms", number);
        if (region.equals("none")) {
            refused.expectProblem(422, "invalid_phone_number"); // a landline
            return;
        }
        assertEquals(region, refused.expectProblem(422, "region_not_allowed").text("region"));
        var sql = Sql.on(postern);
        sql.change(
                "update application set policy = ('{\"sms_regions\":[\"' || ? || '\"]}')::jsonb where id = 'demo-admin'",
                region);
        try {
            person.begin("sms", number).expect(201);
            person.begin("sms", Correspondent.newNumber()).expectProblem(422, "region_not_allowed");
        } finally {
            sql.change("update application set policy = '{}' where id = 'demo-admin'");
        }
    }

    /** RULES E3: it is kept, and no message goes there. */
    @Test
    void numberOfARegionThatIsNoLongerAllowedGetsNoCode() {
        var owner = Correspondent.bySms(postern, person.api());
        var sql = Sql.on(postern);
        sql.change("update application set policy = '{\"sms_regions\":[\"DE\"]}' where id = 'demo-admin'");
        try {
            owner.send(owner.challenge()).expectProblem(409, "factor_unavailable");
        } finally {
            sql.change("update application set policy = '{}' where id = 'demo-admin'");
        }
        owner.send(owner.challenge()).expect(202);
    }

    /** RULES E3: premium, toll-free, shared cost, a pager, too short, too long, no number. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "+19005550123",
                "+18005550123",
                "+448450123456",
                "+1415555",
                "+141555501234567",
                "4155550123",
                "004915123456789",
                "+1415555CODE",
                "+14155550123;ext=5",
                "tel:+14155550123",
                "++14155550123",
                "+1\u0664\u06615550123",
            })
    void whatIsNoMobileNumberIsRefused(String number) {
        person.begin("sms", number).expectProblem(422, "invalid_phone_number");
        assertEquals(0, person.factors());
    }
}
