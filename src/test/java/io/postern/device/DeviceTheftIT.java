package io.postern.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.Await;
import io.postern.embedded.SeededClient;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Burst;
import io.postern.harness.Computer;
import io.postern.harness.Correspondent;
import io.postern.harness.FaultLog;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Totp;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** RULES G1, G2: parallel tabs are no theft, a copied token is found, and what is unknown is neither. Over two copies. */
final class DeviceTheftIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    /** As many as a browser opens again at once. They wait for one another, and no request may wait long. */
    private static final long TABS = 24;

    private final Postern postern = Postern.shared();
    private final Api api = postern.api(SeededClient.DEMO_ADMIN, 0);
    private final List<Api> copies = List.of(api, postern.api(SeededClient.DEMO_ADMIN, 1));
    private final Rows rows = Rows.of(postern);
    private final Person person = Person.enrolled(postern, api);
    private final Computer computer = Computer.of(person, Map.of("ip", "203.0.113.7", "user_agent", FIREFOX));
    private final FaultLog log = FaultLog.from(postern);

    private static final String FIREFOX =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0";

    @Test
    void parallelTabsAllGetTheSameSuccessor() {
        var token = computer.token();
        for (int round = 1; round <= 3; round++) {
            var shown = token;

            var answers = Burst.of((int) TABS, number -> person.signInWith(copies.get(number % 2), shown));

            assertEquals(Map.of(200, TABS), statuses(answers));
            var successors =
                    answers.stream().map(answer -> answer.text("device_token")).collect(Collectors.toSet());
            assertEquals(1, successors.size());
            assertEquals(round * TABS, rows.audited(person, "device_used"));
            token = successors.iterator().next();
        }
        rows.graceIsOver(computer.device());
        person.signInWith(token).expect(200);
        assertEquals(List.of(), log.entries());
    }

    /** Each tab found the token unused, and waits at the row while another uses it. */
    @Test
    void tabsThatWaitForOneAnotherGetTheSameSuccessor() throws SQLException {
        var token = computer.token();
        CompletableFuture<List<Answer>> answers;
        try (var connection = postern.connect();
                var row = connection.prepareStatement("select from remembered_device where id = ?::uuid for update")) {
            connection.setAutoCommit(false);
            row.setString(1, computer.device());
            row.execute();
            answers = CompletableFuture.supplyAsync(
                    () -> Burst.of(2, number -> person.signInWith(copies.get(number), token)));
            Await.until(
                    SOON,
                    "both wait",
                    () -> rows.sql()
                                    .number(
                                            "select count(*) from pg_stat_activity"
                                                    + " where wait_event_type = 'Lock' and query like '%update remembered_device%'")
                            == 2);
            connection.commit();
        }
        assertEquals(Map.of(200, 2L), statuses(answers.join()));
        assertEquals(
                1,
                answers.join().stream()
                        .map(answer -> answer.text("device_token"))
                        .distinct()
                        .count());
    }

    @Test
    void usedTokenIsGoodForHalfAMinuteOnly() {
        var token = computer.token();
        computer.signIn().expect(200);
        assertEquals(computer.token(), person.signInWith(token).expect(200).text("device_token"));

        rows.graceIsOver(computer.device());

        person.signInWith(token).expect(201);
    }

    /** The half minute counts from the first use: otherwise a copied token lives as long as it is used. */
    @Test
    void usesDoNotProlongTheHalfMinute() {
        var token = computer.token();
        computer.signIn().expect(200);
        var sql = "update remembered_device set rotated_at = rotated_at - interval '20 seconds' where id = ?::uuid";
        rows.sql().change(sql, computer.device());
        person.signInWith(token).expect(200);
        rows.sql().change(sql, computer.device());
        person.signInWith(token).expect(201);
    }

    /** Whoever copied the token, the thief or the owner comes with an old one at last. */
    @Test
    void tokenThatComesAgainEndsTheDeviceAndIsTold() {
        var email = Correspondent.newAddress();
        person.with(person.proof("change_email"))
                .put(person.path(), Map.of("email", email, "locale", "en"))
                .expect(200);
        var copied = computer.token();
        computer.signIn().expect(200);
        rows.graceIsOver(computer.device());
        computer.signIn().expect(200);

        var thief = person.challenge(
                copies.getLast(), Map.of("purpose", "sign_in", "device_token", copied, "ip", "198.51.100.9"));

        assertEquals("pending", thief.expect(201).text("status"));
        computer.signIn().expect(201);
        assertEquals(0, rows.of(person));
        assertEquals(1, rows.audited(person, "device_token_reused"));
        person.signInWith(copied).expect(201);
        assertEquals(1, rows.audited(person, "device_token_reused"), "and once");
        Await.until(
                SOON, "the mail", () -> mails(email).stream().anyMatch(mail -> mail.contains("Firefox on Windows")));
        assertEquals(
                1,
                mails(email).stream()
                        .filter(mail -> mail.contains("198.51.100.9"))
                        .count());
    }

    @Test
    void theftIsFoundInTheMiddleOfARaceAndOnce() {
        for (int round = 0; round < 8; round++) {
            var one = Computer.of(person);
            var stale = one.token();
            one.signIn().expect(200);
            rows.graceIsOver(one.device());
            var good = one.token();

            var answers = Burst.of(
                    20, number -> person.signInWith(copies.get(number / 2 % 2), number % 2 == 0 ? stale : good));

            for (int number = 0; number < 20; number += 2) {
                answers.get(number).expect(201);
            }
            for (int number = 1; number < 20; number += 2) {
                int status = answers.get(number).status();
                assertTrue(status == 200 || status == 201, answers::toString);
            }
            assertEquals(
                    0, rows.sql().number("select count(*) from remembered_device where id = ?::uuid", one.device()));
            assertEquals(round + 1, rows.audited(person, "device_token_reused"));
        }
        assertEquals(List.of(), log.entries());
    }

    /** RULES G2: whoever knows a device's id cannot end it. */
    @Test
    void tokenThatWasNeverIssuedIsAMissAndNoTheft() {
        var token = computer.token();
        var parts = token.split("\\.", -1);
        var other = Computer.of(person).token().split("\\.", -1);
        for (var unknown : List.of(
                token.substring(0, token.length() - 1) + (token.endsWith("A") ? "B" : "A"),
                parts[0] + "." + other[1] + "." + parts[2],
                parts[0] + "." + other[1] + "." + other[2],
                other[0] + "." + parts[1] + "." + parts[2],
                parts[0] + "." + "A".repeat(43) + "." + parts[2],
                token + "A",
                token.toLowerCase(Locale.ROOT),
                parts[0],
                computer.device(),
                "x",
                "x".repeat(4096))) {
            assertEquals("pending", person.signInWith(unknown).expect(201).text("status"), unknown);
        }
        computer.signIn().expect(200);
        assertEquals(0, rows.audited(person, "device_token_reused"));
    }

    /** RULES G1, G2: of another subject, and of another application's subject of the same name. */
    @Test
    void tokenOfAnotherIsAMissAndStaysGood() {
        var stranger = Person.enrolled(postern, api);
        assertEquals(
                "pending", stranger.signInWith(computer.token()).expect(201).text("status"));

        var elsewhere = postern.api(SeededClient.OTHER_ADMIN, 1);
        elsewhere.put(person.path(), Map.of()).expect(201);
        assertEquals(
                "not_enrolled",
                person.signInWith(elsewhere, computer.token()).expect(200).text("status"));
        enroll(elsewhere);
        assertEquals(
                "pending",
                person.signInWith(elsewhere, computer.token()).expect(201).text("status"));

        computer.signIn().expect(200);
        assertEquals(0, rows.audited(stranger, "device_token_reused"));
    }

    private void enroll(Api elsewhere) {
        var pending =
                elsewhere.post(person.path("/factors"), Map.of("type", "totp")).expect(201);
        var code = Totp.codeAt(pending.text("secret"), Instant.now());
        elsewhere
                .post(person.path("/factors/" + pending.text("id") + "/activate"), Map.of("code", code))
                .expect(200);
    }

    private List<String> mails(String address) {
        return postern.mail().mailsTo(address).stream().map(mail -> mail.text()).toList();
    }

    /** How often each came. */
    private static Map<Integer, Long> statuses(List<Answer> answers) {
        return answers.stream().collect(Collectors.groupingBy(Answer::status, Collectors.counting()));
    }
}
