package io.postern.challenge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.postern.embedded.Await;
import io.postern.embedded.Postgres;
import io.postern.embedded.SeededClient;
import io.postern.harness.Api;
import io.postern.harness.Computer;
import io.postern.harness.Operation;
import io.postern.harness.Operation.Target;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RULES B6: how often a sign-in goes to the stores, counted by the stores. */
@TestInstance(Lifecycle.PER_CLASS)
final class RoundTripsIT {
    /**
     * With a text behind the colon: the pool's look at an idle connection has none. Without the settings of a connection that
     * is new in the pool.
     */
    private static final Pattern STATEMENT = Pattern.compile(
            "postern\\|LOG: {2}(?:execute [^:]+|statement): (?!SET (?:extra_float_digits|application_name))\\S.*");

    private static final Pattern SCRIPT = Pattern.compile("cmdstat_eval(?:sha)?:calls=(\\d+)");

    private final Postern postern = Postern.start(quietAndLogged());
    private final Api api = postern.api(SeededClient.DEMO_ADMIN);
    private final Person person = Person.enrolled(postern, api);

    private record Cost(long statements, long scripts) {}

    private static Postern.Options quietAndLogged() {
        var usual = Postern.Options.DEFAULT;
        var logged = new Postgres.Options(Optional.empty(), Map.of("log_statement", "all", "log_line_prefix", "%u|"));
        return new Postern.Options(1, logged, usual.redis(), usual.environment(), usual.jvmOptions(), usual.core())
                .withEnvironment("QUARKUS_SCHEDULER_ENABLED", "false");
    }

    @AfterAll
    void close() {
        postern.close();
    }

    @Test
    void creationIsOneStatementAndOneScript() {
        person.challenge();
        assertEquals(new Cost(1, 1), cost(person::challenge));
    }

    @Test
    void verifyIsTwoScriptsAndOneStatement() {
        person.verify(person.challenge(), person.code()).expect(200);
        var challenge = person.challenge();
        var code = person.code();
        assertEquals(new Cost(1, 2), cost(() -> verify(challenge, code, false)));
    }

    @Test
    void rememberingIsOneStatementMore() {
        person.verify(person.challenge(), person.code()).expect(200);
        var challenge = person.challenge();
        var code = person.code();
        assertEquals(new Cost(2, 2), cost(() -> verify(challenge, code, true)));
    }

    @Test
    void rememberedComputerIsTwoStatementsAndNoScript() {
        var computer = Computer.of(person);
        computer.signIn().expect(200);
        assertEquals(new Cost(2, 0), cost(() -> computer.signIn().expect(200)));
    }

    private void verify(String challenge, String code, boolean remember) {
        var answer = api.post(
                "/v1/challenges/" + challenge + "/verify",
                Map.of("factor", person.factor(), "code", code, "remember_device", remember));
        assertEquals(remember, answer.expect(200).json().has("device_token"));
    }

    /** What endpoints are to be told is written by the same statement. */
    @Test
    void verifyThatAWebhookIsToldOfIsOneStatementToo() {
        person.verify(person.challenge(), person.code()).expect(200);
        var webhook = UUID.randomUUID();
        Sql.on(postern)
                .change(
                        "insert into webhook_endpoint (id, application_id, url) values (?, 'demo-admin', 'https://192.0.2.1/')",
                        webhook);
        try {
            var challenge = person.challenge();
            var code = person.code();
            assertEquals(new Cost(1, 2), cost(() -> verify(challenge, code, false)));
            assertEquals(
                    List.of("challenge_approved"),
                    Sql.on(postern).texts("select type from webhook_delivery where endpoint_id = ?", webhook));
        } finally {
            Sql.on(postern).change("delete from webhook_endpoint where id = ?", webhook);
        }
    }

    @Test
    void wrongCodeIsOneScriptAndOneStatement() {
        person.verify(person.challenge(), person.code()).expect(200);
        var challenge = person.challenge();
        assertEquals(
                new Cost(1, 1),
                cost(() -> person.verify(challenge, person.wrongCode()).expect(422)));
    }

    /** RULES I2: what is another application's takes no other time than what there never was. */
    @ParameterizedTest
    @MethodSource("callsAboutSomething")
    void foreignIdCostsAsMuchAsAnUnknownOne(Operation call) {
        var other = postern.everyScope(SeededClient.OTHER_ADMIN, 0);
        var foreign = Target.administered(person);
        var unknown = new Target("nobody", UUID.randomUUID().toString(), "A".repeat(44));
        call.call(other, unknown);

        assertEquals(
                cost(() -> call.call(other, unknown).expectProblem(404, "not_found")),
                cost(() -> call.call(other, foreign).expectProblem(404, "not_found")));
    }

    static List<Operation> callsAboutSomething() {
        return Operation.aboutSomething();
    }

    private Cost cost(Runnable call) {
        long scripts = scripts();
        var begin = mark();
        call.run();
        var end = mark();
        return new Cost(statementsBetween(begin, end), scripts() - scripts);
    }

    private String mark() {
        var mark = UUID.randomUUID().toString();
        Sql.on(postern).texts("select '" + mark + "'");
        Await.until(Duration.ofSeconds(5), "in the log", () -> log().stream().anyMatch(line -> line.contains(mark)));
        return mark;
    }

    private long statementsBetween(String begin, String end) {
        return log().stream()
                .dropWhile(line -> !line.contains(begin))
                .takeWhile(line -> !line.contains(end))
                .filter(line -> STATEMENT.matcher(line).matches())
                .count();
    }

    private List<String> log() {
        return postern.postgres().logTail(2_000).lines().toList();
    }

    private long scripts() {
        return SCRIPT.matcher(String.valueOf(postern.redis().command("INFO", "commandstats")))
                .results()
                .mapToLong(match -> Long.parseLong(match.group(1)))
                .sum();
    }
}
