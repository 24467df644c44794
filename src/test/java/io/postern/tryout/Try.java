package io.postern.tryout;

import io.postern.demo.Demo;
import io.postern.demo.DemoConfig;
import io.postern.demo.Inbox;
import io.postern.embedded.Directories;
import io.postern.embedded.KeyFiles;
import io.postern.embedded.MailServer;
import io.postern.embedded.Postgres;
import io.postern.embedded.PretendSms;
import io.postern.embedded.Redis;
import io.postern.embedded.SeededClient;
import io.postern.embedded.ServiceEnvironment;
import io.postern.embedded.ServiceProcess;
import io.postern.embedded.Store;
import io.postern.embedded.Watchdog;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Runs the packaged service, its stores, a mail server, a pretend SMS provider and the demo admin area on this machine until Ctrl-C, until the process that
 * started this ends, or until one of the parts does. Nothing of it is left running, whatever is killed.
 */
public final class Try {
    private final Parts parts = new Parts();
    private final CompletableFuture<String> end = new CompletableFuture<>();

    private Try() {}

    public static void main(String[] arguments) {
        new Try().run();
    }

    private void run() {
        // Also what ends the parts after a failure: there is one way out.
        Runtime.getRuntime().addShutdownHook(new Thread(parts::close));
        ProcessHandle.current()
                .parent()
                .ifPresent(parent -> endWith(parent.onExit(), () -> "What started the try-out has ended."));
        // Beside the thread that waits, so that an end is seen at once also while a part is still starting.
        Thread.ofPlatform().daemon().start(this::startOrEnd);
        String reason = end.join();
        // After Ctrl-C parts end because they are told to: that is nothing to tell.
        if (!parts.areEnding()) {
            System.err.printf("%n%s%n", reason);
        }
        System.exit(1);
    }

    private void startOrEnd() {
        try {
            start(TryOptions.fromSystemProperties());
        } catch (IllegalStateException e) {
            end.complete(String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            end.complete(trace.toString());
        }
    }

    private void endWith(CompletableFuture<?> exit, Supplier<String> reason) {
        var _ = exit.thenRun(() -> end.complete(reason.get()));
    }

    private static String ended(String part, String logTail) {
        return "%s has ended, and so does the try-out. Its log ends:%n%s".formatted(part, logTail);
    }

    private void start(TryOptions options) throws IOException {
        System.out.println("Starting Postgres, Redis, mail and SMS, the service and the demo admin area ...");
        Path directory = options.directory();
        if (options.fresh()) {
            Store.erase(directory.resolve("postgres"));
            Store.erase(directory.resolve("redis"));
            Directories.delete(directory.resolve("keys"));
        }
        Watchdog watchdog = parts.add(Watchdog.start());
        endWith(watchdog.onExit(), () -> "The watchdog over the processes has ended, and so does the try-out.");
        Postgres postgres = parts.add(Postgres.start(Postgres.Options.keptIn(directory.resolve("postgres")), watchdog));
        endWith(postgres.onExit(), () -> ended("Postgres", postgres.logTail(20)));
        Redis redis = parts.add(Redis.start(Redis.Options.keptIn(directory.resolve("redis")), watchdog));
        endWith(redis.onExit(), () -> ended("Redis", redis.logTail(20)));
        MailServer mail = parts.add(MailServer.start());
        PretendSms sms = parts.add(PretendSms.start());
        Map<String, String> environment = new HashMap<>(
                ServiceEnvironment.of(postgres, redis, KeyFiles.in(directory.resolve("keys")), options.postern()));
        environment.putAll(ServiceEnvironment.ofDelivery(Optional.of(mail), Optional.of(sms)));
        // Whoever tries webhooks out receives them here.
        environment.put("POSTERN_WEBHOOK_ALLOWED_NETWORKS", "127.0.0.0/8,::1/128");
        ServiceProcess service = parts.add(startService(options, environment, watchdog));
        endWith(service.onExit(), () -> ended("The service", service.logTail(40)));
        SeededClient frontEnd = SeededClient.DEMO_ADMIN;
        SeededClient helpDesk = SeededClient.DEMO_OPERATOR;
        var demo = DemoConfig.of(options.demo().getPort(), options.postern(), frontEnd.id(), frontEnd.secret())
                .withOperator(helpDesk.id(), helpDesk.secret());
        parts.add(Demo.start(demo, Inbox.of(mail, sms)));
        System.out.println(Banner.forThisTerminal().of(options, postgres, redis, service.log()));
    }

    private static ServiceProcess startService(TryOptions options, Map<String, String> environment, Watchdog watchdog)
            throws IOException {
        Path directory = options.directory();
        Files.deleteIfExists(directory.resolve("service.log"));
        // A person reads this log, no collector.
        environment.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "false");
        return ServiceProcess.start(
                new ServiceProcess.Options(
                        "service", options.port(), environment, directory, List.of("-Xmx512m"), OptionalInt.empty()),
                watchdog);
    }
}
