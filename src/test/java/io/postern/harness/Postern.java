package io.postern.harness;

import io.postern.embedded.Build;
import io.postern.embedded.Closing;
import io.postern.embedded.KeyFiles;
import io.postern.embedded.MailServer;
import io.postern.embedded.Ports;
import io.postern.embedded.Postgres;
import io.postern.embedded.PretendSms;
import io.postern.embedded.Redis;
import io.postern.embedded.SeededClient;
import io.postern.embedded.ServiceEnvironment;
import io.postern.embedded.ServiceProcess;
import io.postern.embedded.Watchdog;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Copies of the packaged service on one Postgres and one Redis. Tests share {@link #shared()}; a test that breaks
 * something takes a set of its own with {@link #start} and closes it.
 */
public final class Postern implements AutoCloseable {
    /** What the service is told to call itself. */
    public static final URI ISSUER = URI.create("http://postern.test");

    /** With which the first operator of a set is made. */
    public static final String BOOTSTRAP_SECRET = "bootstrap-secret-of-a-set-of-tests";

    private static final AtomicInteger STARTED = new AtomicInteger();

    private static final CompletableFuture<Postern> SHARED = new CompletableFuture<>();

    private final Watchdog watchdog;
    private final Parts parts;
    private final AccessTokens tokens;

    /**
     * How a set is started.
     *
     * @param copies how many copies of the service, at least one
     * @param environment configuration of the copies, beside and above the usual
     * @param jvmOptions of the copies; a native executable is started without
     * @param core the processor core that the copies are bound to; none: all
     * @param delivering whether there are a mail server and an SMS provider; if not, both channels are off
     */
    public record Options(
            int copies,
            Postgres.Options postgres,
            Redis.Options redis,
            Map<String, String> environment,
            List<String> jvmOptions,
            OptionalInt core,
            boolean delivering) {
        /**
         * Two copies with little memory and a short warm-up, and a Redis that is a cluster of one node, so that every
         * test shows a command or script across slots. Passwords of operators cost as little as can be. C2 compiles only
         * what hashes and signs: it alone has the processor's instructions for that, and the rest is not worth its time.
         */
        public static final Options DEFAULT = new Options(
                2,
                Postgres.Options.TEMPORARY,
                Redis.Options.CLUSTER,
                Map.of("POSTERN_OPERATORS_BCRYPT_COST", "10"),
                List.of(
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:+UnlockDiagnosticVMOptions",
                        "-XX:CompilerDirectivesFile=" + resource("compiler-directives.json"),
                        "-XX:-DisplayVMOutput"), // that it has read them is no line of the service's log
                OptionalInt.empty());

        /** Without a mail server and an SMS provider. */
        public Options(
                int copies,
                Postgres.Options postgres,
                Redis.Options redis,
                Map<String, String> environment,
                List<String> jvmOptions,
                OptionalInt core) {
            this(copies, postgres, redis, environment, jvmOptions, core, false);
        }

        public Options withCopies(int number) {
            return new Options(number, postgres, redis, environment, jvmOptions, core, delivering);
        }

        /** With a mail server and an SMS provider. */
        public Options withDelivery() {
            return new Options(copies, postgres, redis, environment, jvmOptions, core, true);
        }

        public Options withRedis(Redis.Options other) {
            return new Options(copies, postgres, other, environment, jvmOptions, core, delivering);
        }

        public Options withEnvironment(String variable, String value) {
            return withEnvironment(Map.of(variable, value));
        }

        public Options withEnvironment(Map<String, String> variables) {
            Map<String, String> more = new HashMap<>(environment);
            more.putAll(variables);
            return new Options(copies, postgres, redis, Map.copyOf(more), jvmOptions, core, delivering);
        }
    }

    private static Path resource(String name) {
        try {
            return Path.of(Objects.requireNonNull(Postern.class.getResource(name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Parts(
            Postgres postgres,
            Redis redis,
            KeyFiles keys,
            Optional<MailServer> mail,
            Optional<PretendSms> sms,
            List<ServiceProcess> copies) {}

    private Postern(Watchdog watchdog, Parts parts) {
        this.watchdog = watchdog;
        this.parts = parts;
        this.tokens = new AccessTokens(Api.at(first()));
    }

    /** The set of this JVM, started at the first call and closed when the JVM ends. Leave it as it is. */
    public static synchronized Postern shared() {
        // Asked for by every test class: a set that did not start once is not waited for again and again.
        if (!SHARED.isDone()) {
            try {
                Postern started = start(Options.DEFAULT.withDelivery());
                Runtime.getRuntime().addShutdownHook(new Thread(started::close));
                SHARED.complete(started);
            } catch (RuntimeException e) {
                SHARED.completeExceptionally(e);
            }
        }
        return SHARED.join();
    }

    /** Starts a set of its own; returns when every copy is ready. The caller closes it. */
    public static Postern start(Options options) {
        Watchdog watchdog = Watchdog.start();
        try {
            return new Postern(watchdog, startParts(options, watchdog));
        } catch (RuntimeException e) {
            watchdog.close();
            throw e;
        }
    }

    private static Parts startParts(Options options, Watchdog watchdog) {
        Path directory = Build.directory()
                .resolve("postern/%d-%d".formatted(ProcessHandle.current().pid(), STARTED.incrementAndGet()));
        KeyFiles keys = KeyFiles.in(watchdog.scratch().resolve("keys"));
        Postgres postgres = Postgres.start(options.postgres(), watchdog);
        Redis redis = Redis.start(options.redis(), watchdog);
        Map<String, String> environment = new HashMap<>(ServiceEnvironment.of(postgres, redis, keys, ISSUER));
        Optional<MailServer> mail = options.delivering() ? Optional.of(MailServer.start()) : Optional.empty();
        Optional<PretendSms> sms = options.delivering() ? Optional.of(PretendSms.start()) : Optional.empty();
        environment.putAll(ServiceEnvironment.ofDelivery(mail, sms));
        environment.put("POSTERN_OPERATORS_BOOTSTRAP_SECRET", BOOTSTRAP_SECRET);
        environment.putAll(options.environment());
        // All at once, as in a first deployment: the schema and the seed must stand that.
        List<ServiceProcess> copies = IntStream.rangeClosed(1, options.copies())
                .mapToObj(number -> new ServiceProcess.Options(
                        "copy-" + number, Ports.free(), environment, directory, options.jvmOptions(), options.core()))
                .map(copy -> ServiceProcess.launch(copy, watchdog))
                .collect(Collectors.toCollection(ArrayList::new));
        copies.forEach(ServiceProcess::awaitReady);
        return new Parts(postgres, redis, keys, mail, sms, copies);
    }

    /** The base URL of the first copy. */
    public URI first() {
        return copy(0).baseUrl();
    }

    /** The base URL of the second copy. */
    public URI second() {
        return copy(1).baseUrl();
    }

    /** A copy, counted from 0. */
    public ServiceProcess copy(int index) {
        return parts.copies().get(index);
    }

    /** Ends a copy in good order and starts it again at the same address, as a rolling update does. */
    public void restart(int index) {
        copy(index).close();
        parts.copies().set(index, copy(index).again(watchdog));
    }

    /** Calls to the first copy with the client's access token, renewed as needed. */
    public Api api(SeededClient client) {
        return api(client, 0);
    }

    /** Calls to a copy, counted from 0, with the client's access token, renewed as needed. */
    public Api api(SeededClient client, int index) {
        return Api.at(copy(index).baseUrl()).withToken(() -> tokens.of(client));
    }

    /** Calls to a copy, counted from 0, of the client's application, by one that has every scope. */
    public Api everyScope(SeededClient client, int index) {
        return everyScope(client.application(), index);
    }

    /** Calls to a copy, counted from 0, of any application, by a client without a secret that has every scope. */
    public Api everyScope(String application, int index) {
        var client = "every-scope-" + application;
        Sql.on(this)
                .change(
                        "insert into api_client (id, application_id, scopes)"
                                + " select ?, id, '{verify,enroll,support,audit,admin}' from application where id = ?"
                                + " on conflict do nothing",
                        client,
                        application);
        return Api.at(copy(index).baseUrl())
                .withToken(() -> Forger.with(keys().access()).again(tokens.of(SeededClient.DEMO_ADMIN), claims -> {
                    claims.put("sub", client);
                    claims.put("application", application);
                    claims.put("scope", "verify enroll support audit admin");
                }));
    }

    /** An access token of the client that is good for a minute at least; the same for a while. */
    public String accessToken(SeededClient client) {
        return tokens.of(client);
    }

    public Postgres postgres() {
        return parts.postgres();
    }

    public Redis redis() {
        return parts.redis();
    }

    public KeyFiles keys() {
        return parts.keys();
    }

    /** The mail server of a set that was asked to deliver. */
    public MailServer mail() {
        return parts.mail().orElseThrow();
    }

    /** The SMS provider of a set that was asked to deliver. */
    public PretendSms sms() {
        return parts.sms().orElseThrow();
    }

    /** A new connection of the superuser to the service's database; the caller closes it. */
    public Connection connect() throws SQLException {
        return postgres().connect();
    }

    /** The log of each copy. */
    public List<Path> logs() {
        return parts.copies().stream().map(ServiceProcess::log).toList();
    }

    /** Ends everything of this set, the service before its stores; the logs stay. */
    @Override
    public void close() {
        List<AutoCloseable> inOrder = new ArrayList<>(parts.copies());
        parts.mail().ifPresent(inOrder::add);
        parts.sms().ifPresent(inOrder::add);
        inOrder.addAll(List.of(parts.redis(), parts.postgres(), watchdog));
        Closing.all(inOrder);
    }
}
