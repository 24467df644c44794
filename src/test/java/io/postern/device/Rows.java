package io.postern.device;

import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;

/** The rows behind remembered computers; time is moved by writing them. */
record Rows(Sql sql) {

    static Rows of(Postern postern) {
        return new Rows(Sql.on(postern));
    }

    /** As if the tokens of the device had been given out a while ago. */
    void graceIsOver(String device) {
        sql.change(
                "update remembered_device set rotated_at = rotated_at - interval '31 seconds' where id = ?::uuid",
                device);
    }

    /** As if the proof and all that followed were so long ago. */
    void timePasses(String device, String interval) {
        sql.change(
                "update remembered_device set proven_at = proven_at - ?::interval, created_at = created_at - ?::interval,"
                        + " last_used_at = last_used_at - ?::interval, expires_at = expires_at - ?::interval,"
                        + " rotated_at = rotated_at - ?::interval where id = ?::uuid",
                interval,
                interval,
                interval,
                interval,
                interval,
                device);
    }

    long of(Person person) {
        return sql.number(
                "select count(*) from remembered_device d join subject s on s.id = d.subject_id where s.external_id = ?",
                person.subject());
    }

    /** How often the audit trail says so of the person. */
    long audited(Person person, String type) {
        return sql.number(
                "select count(*) from audit_event a join subject s on s.id = a.subject_id"
                        + " where s.external_id = ? and a.type = ?",
                person.subject(),
                type);
    }
}
