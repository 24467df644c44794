package io.postern.bench;

import io.postern.embedded.Postgres;
import io.postern.embedded.Redis;
import io.postern.embedded.SeededClient;
import io.postern.harness.Postern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code ./mvnw -Pbench}: measures sign-ins with few and with many subjects, says what came of it, and ends. */
final class Bench {
    private static final int WARM_UP_SLICES = 4;
    private static final int WARM_UP_CALLS = 20_000;
    private static final List<String> HEAP = List.of("-Xms512m", "-Xmx512m");

    /** Beside what the embedded Postgres has anyway: fsync and synchronous_commit on. */
    private static final Map<String, String> POSTGRES = Map.of("shared_buffers", "512MB");

    private final Settings settings;
    private final Report report = new Report(System.out);

    private Bench(Settings settings) {
        this.settings = settings;
    }

    public static void main(String[] arguments) {
        Cores.leaveToService();
        boolean clean = new Bench(Settings.read()).run();
        System.exit(clean ? 0 : 1);
    }

    /** Whether every call went well. */
    private boolean run() {
        report.say("The service has core %d for itself; the stores and the generator have the rest.", Cores.OF_SERVICE);
        report.say(
                "Times are those of a whole call or sign-in; service, Postgres, Redis and generator are ms of CPU for one.");
        List<Measurement> measured = new ArrayList<>();
        try (Postern postern = Postern.start(options())) {
            Population population = new Population(postern);
            for (int subjects : settings.subjects()) {
                population.growTo(subjects);
                Measurement one = measure(postern, population);
                report.measurement(one);
                measured.add(one);
            }
        }
        if (measured.size() > 1) {
            report.growth(measured.getFirst(), measured.getLast());
        }
        return measured.stream().flatMap(Measurement::failures).findAny().isEmpty();
    }

    private Postern.Options options() {
        List<String> jvmOptions = new ArrayList<>(HEAP);
        jvmOptions.addAll(settings.jvmOptions());
        return new Postern.Options(
                1,
                new Postgres.Options(Optional.empty(), POSTGRES),
                Redis.Options.TEMPORARY,
                Map.of(),
                jvmOptions,
                OptionalInt.of(Cores.OF_SERVICE));
    }

    private Measurement measure(Postern postern, Population population) {
        String token = postern.accessToken(SeededClient.DEMO_ADMIN);
        Generator generator = new Generator(postern.first(), token, settings.connections());
        warmUp(generator, population);
        Duration time = settings.time();
        Phase bare = Phase.measure("bare call", postern, () -> generator.closedLoop(Call.bare(), time.dividedBy(2)));
        Call forMost = Call.signIn(population.codes());
        Phase most = Phase.measure("sign-in, most", postern, () -> generator.closedLoop(forMost, time));
        Call forHalf = Call.signIn(population.codes());
        double half = most.perSecond() / 2;
        Phase atHalf = Phase.measure("sign-in, half of it", postern, () -> generator.openLoop(forHalf, time, half));
        return new Measurement(population.size(), bare, most, atHalf);
    }

    /** Until the compiler has seen enough, on a busy machine too; at most three times as long as it is to take. */
    private void warmUp(Generator generator, Population population) {
        Duration slice = settings.warmUp().dividedBy(WARM_UP_SLICES);
        generator.closedLoop(Call.bare(), slice);
        long calls = 0;
        for (int i = 0; i < 3 * WARM_UP_SLICES && (i < WARM_UP_SLICES || calls < WARM_UP_CALLS); i++) {
            Generator.Outcome outcome = generator.closedLoop(Call.signIn(population.codes()), slice);
            calls += outcome.latency().getTotalCount();
        }
    }
}
