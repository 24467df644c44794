package io.postern.demo;

import com.sun.net.httpserver.HttpServer;
import io.postern.demo.Standing.AwaitingCode;
import io.postern.demo.Standing.MustEnroll;
import io.postern.demo.account.PasswordThrottle;
import io.postern.demo.client.PosternClient;
import io.postern.demo.client.VerificationTokenCheck;
import io.postern.demo.page.Frame;
import io.postern.demo.page.InboxPage;
import io.postern.demo.page.MessagePage;
import io.postern.demo.page.Stylesheet;
import io.postern.demo.web.RefusedException;
import io.postern.demo.web.Response;
import io.postern.demo.web.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The demo admin area, running. It answers on the loopback address alone. */
public final class Demo implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads;
    private final PosternClient postern;

    private Demo(HttpServer server, ExecutorService threads, PosternClient postern) {
        this.server = server;
        this.threads = threads;
        this.postern = postern;
    }

    /**
     * Starts the demo as the application {@code demo-admin}, whose tokens {@code postern} issues under that very name.
     * Postern need not be there yet.
     *
     * @throws java.net.BindException if the port is taken
     */
    public static Demo start(int port, URI postern, String clientId, String clientSecret) throws IOException {
        return start(new DemoConfig(port, postern, postern.toString(), "demo-admin", clientId, clientSecret));
    }

    /**
     * Starts the demo. Postern need not be there yet.
     *
     * @throws java.net.BindException if the port is taken
     */
    public static Demo start(DemoConfig config) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), config.port()), 0);
        var clock = Clock.systemUTC();
        var postern = new PosternClient(config.postern(), config.clientId(), config.clientSecret(), clock);
        var check = new VerificationTokenCheck(postern::publishedKeys, config.issuer(), config.audience(), clock);
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        server.createContext("/", routes(postern, check, clock));
        server.start();
        return new Demo(server, threads, postern);
    }

    private static Router routes(PosternClient postern, VerificationTokenCheck check, Clock clock) {
        var random = new SecureRandom();
        var sessions = new Sessions(random, clock);
        var gate = new Gate(sessions);
        var secondStep = new SecondStep(postern, check, random);
        var signIn = new SignIn(sessions, secondStep, new PasswordThrottle(clock), clock);
        var changes = new Changes(postern, secondStep, sessions);
        var enrollment = new Enrollment(postern, changes, sessions, clock);
        var profile = new Profile(postern, changes);
        return new Router(Demo::refusal)
                .get("/", gate.anyone(Gate::elsewhere))
                .get("/sign-in", gate.anyone(signIn::showPassword))
                .post("/sign-in", gate.anyone(signIn::takePassword))
                .post("/sign-out", gate.anyone(signIn::signOut))
                .get("/code", gate.only(AwaitingCode.class, signIn::showCode))
                .post("/code", gate.only(AwaitingCode.class, signIn::takeCode))
                .get("/enroll", gate.only(MustEnroll.class, signIn::showEnroll))
                .post("/set-up/begin", gate.enrolling(enrollment::begin))
                .get("/set-up", gate.enrolling(enrollment::show))
                .post("/set-up", gate.enrolling(enrollment::take))
                .post("/set-up/cancel", gate.enrolling(enrollment::cancel))
                .get("/home", gate.signedIn(profile::showHome))
                .get("/profile", gate.signedIn(profile::show))
                .get("/profile/rename", gate.signedIn(profile::showRename))
                .post("/profile/rename", gate.signedIn(profile::rename))
                .post("/profile/default", gate.signedIn(profile::makeDefault))
                .post("/profile/remove", gate.signedIn(profile::remove))
                .post("/profile/turn-off", gate.signedIn(profile::turnOff))
                .get("/confirm", gate.signedIn(changes::showConfirm))
                .post("/confirm", gate.signedIn(changes::takeConfirm))
                // Open to everyone on this machine, unlike anything in a product: it stands for their mailboxes.
                .get("/inbox", gate.anyone(visit -> Response.page(200, InboxPage.html(visit.frame()))))
                .get("/inbox.json", request -> Response.json("[]"))
                .get(Stylesheet.PATH, request -> Response.asset("text/css; charset=utf-8", Stylesheet.TEXT));
    }

    private static Response refusal(RefusedException refusal) {
        String title = refusal.status() == 404 ? "Page not found" : "That did not work";
        return Response.page(
                refusal.status(), MessagePage.html(Frame.bare(), title, refusal.sentence(), "/", "To the start"));
    }

    /** Where a browser finds the demo. */
    public URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        postern.close();
    }
}
