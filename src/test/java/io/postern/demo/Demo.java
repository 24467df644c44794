package io.postern.demo;

import com.sun.net.httpserver.HttpServer;
import io.postern.demo.Standing.AwaitingCode;
import io.postern.demo.Standing.MustEnroll;
import io.postern.demo.account.PasswordThrottle;
import io.postern.demo.account.Users;
import io.postern.demo.client.OperatorClient;
import io.postern.demo.client.PosternClient;
import io.postern.demo.client.VerificationTokenCheck;
import io.postern.demo.client.WebhookClient;
import io.postern.demo.page.Asset;
import io.postern.demo.page.FactorKind;
import io.postern.demo.page.Frame;
import io.postern.demo.page.HelpPage;
import io.postern.demo.page.MessagePage;
import io.postern.demo.web.RefusedException;
import io.postern.demo.web.Response;
import io.postern.demo.web.Router;
import io.postern.embedded.Build;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The demo admin area, running. It answers on the loopback address alone. */
public final class Demo implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads;
    private final PosternClient postern;

    private final Optional<OperatorClient> operator;

    private Demo(HttpServer server, ExecutorService threads, PosternClient postern, Optional<OperatorClient> operator) {
        this.server = server;
        this.threads = threads;
        this.postern = postern;
        this.operator = operator;
    }

    /** {@link #start(DemoConfig, Inbox)} without an inbox. */
    public static Demo start(DemoConfig config) throws IOException {
        return start(config, Inbox.none());
    }

    /**
     * Starts the demo. Postern need not be there yet.
     *
     * @throws java.net.BindException if the port is taken
     */
    public static Demo start(DemoConfig config, Inbox inbox) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), config.port()), 0);
        var clock = Clock.systemUTC();
        var postern = new PosternClient(config.postern(), config.clientId(), config.clientSecret(), clock);
        var check = new VerificationTokenCheck(postern::publishedKeys, config.issuer(), config.audience(), clock);
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        var router = routes(postern, check, inbox, clock);
        var operator = config.operator()
                .map(client -> new OperatorClient(config.postern(), client.clientId(), client.clientSecret(), clock));
        operator.ifPresent(client -> {
            addRules(router.router(), router.gate(), new SignInRules(client));
            addHelpDesk(router.router(), router.gate(), new HelpDesk(client));
            addAudit(router.router(), router.gate(), new AuditTrail(client.audit()));
            addWebhooks(server, router, client.webhooks(), clock);
        });
        server.createContext("/", router.router());
        server.start();
        return new Demo(server, threads, postern, operator);
    }

    /** The pages, and the gate before them. */
    private record Pages(Router router, Gate gate) {}

    private static Pages routes(PosternClient postern, VerificationTokenCheck check, Inbox inbox, Clock clock) {
        var random = new SecureRandom();
        var sessions = new Sessions(random, clock);
        var gate = new Gate(sessions);
        var throttle = new PasswordThrottle(clock);
        var secondStep = new SecondStep(postern, check, random);
        var users = new Users(random);
        var sends = new CodeSends(postern, sessions, clock);
        var changes = new Changes(postern, secondStep, sends, sessions);
        var router = new Router(Demo::refusal)
                // Open to everyone on this machine, unlike anything in a product: it stands for their mailboxes.
                .get("/inbox", gate.anyone(inbox::show))
                .post("/inbox/provider", gate.anyone(inbox::treat))
                .get("/inbox.json", request -> inbox.json());
        List.of(Asset.STYLE, Asset.SCRIPT)
                .forEach(asset -> router.get(asset.path(), request -> Response.asset(asset.type(), asset.text())));
        addSignIn(router, gate, new SignIn(users, sessions, secondStep, sends, throttle, clock));
        addSetUp(
                router, gate, new Enrollment(postern, changes, new FirstCodes(postern, sends, clock), sessions, clock));
        addProfile(router, gate, new Profile(postern, changes));
        addComputers(router, gate, new Computers(postern), new PasswordChange(users, throttle, postern, sessions));
        addRecovery(router, gate, new Recovery(postern, changes, clock));
        addHelp(router, gate, HelpPage.all(Build.directory().resolveSibling("docs/help")));
        router.get("/confirm", gate.signedIn(changes::showConfirm))
                .post("/confirm", gate.signedIn(changes::takeConfirm))
                .post("/confirm/choose", gate.signedIn(changes::chooseWay))
                .post("/confirm/send", gate.signedIn(changes::sendAgain))
                .get("/confirm/delivery", gate.signedIn(changes::delivery));
        return new Pages(router, gate);
    }

    private static void addHelp(Router router, Gate gate, List<HelpPage> pages) {
        router.get("/help", gate.anyone(visit -> Response.page(200, HelpPage.index(visit.frame(), pages))));
        pages.forEach(page ->
                router.get(page.path(), gate.anyone(visit -> Response.page(200, page.html(visit.frame())))));
    }

    private static void addRules(Router router, Gate gate, SignInRules rules) {
        router.get("/rules", gate.signedIn(rules::show))
                .post("/rules", gate.signedIn(rules::take))
                .post("/rules/try", gate.signedIn(rules::tryOut));
    }

    private static void addHelpDesk(Router router, Gate gate, HelpDesk desk) {
        router.get("/help-desk", gate.signedIn(desk::show))
                .post("/help-desk", gate.signedIn(desk::lookUp))
                .post("/help-desk/unlock", gate.signedIn(desk::unlock))
                .post("/help-desk/remove", gate.signedIn(desk::remove))
                .post("/help-desk/forget", gate.signedIn(desk::forget))
                .post("/help-desk/forget-one", gate.signedIn(desk::forgetOne))
                .post("/help-desk/rename", gate.signedIn(desk::rename))
                .post("/help-desk/code", gate.signedIn(desk::code))
                .post("/help-desk/approve", gate.signedIn(desk::approve))
                .post("/help-desk/reinstate", gate.signedIn(desk::reinstate))
                .post("/help-desk/discard", gate.signedIn(desk::discard))
                .post("/help-desk/reset", gate.signedIn(desk::reset));
    }

    private static void addAudit(Router router, Gate gate, AuditTrail audit) {
        router.get("/audit", gate.signedIn(audit::show))
                .get("/audit.ndjson", gate.signedIn(audit::export))
                .post("/audit/check", gate.signedIn(audit::check));
    }

    /** The pages, and a receiver beside them: whoever calls it is no visitor and sends no form. */
    private static void addWebhooks(HttpServer server, Pages pages, WebhookClient postern, Clock clock) {
        var receiver = new WebhookReceiver(clock);
        server.createContext(WebhookReceiver.PATH, receiver);
        var own = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + WebhookReceiver.PATH);
        var webhooks = new Webhooks(postern, receiver, own);
        Gate gate = pages.gate();
        pages.router()
                .get("/webhooks", gate.signedIn(webhooks::show))
                .post("/webhooks", gate.signedIn(webhooks::add))
                .get("/webhooks/endpoint", gate.signedIn(webhooks::showOne))
                .post("/webhooks/ping", gate.signedIn(webhooks::ping))
                .post("/webhooks/redeliver", gate.signedIn(webhooks::redeliver))
                .post("/webhooks/secret", gate.signedIn(webhooks::rotate))
                .post("/webhooks/switch", gate.signedIn(webhooks::switchOnOrOff))
                .post("/webhooks/remove", gate.signedIn(webhooks::remove));
    }

    private static void addSignIn(Router router, Gate gate, SignIn signIn) {
        router.get("/", gate.anyone(Gate::elsewhere))
                .get("/sign-in", gate.anyone(signIn::showPassword))
                .post("/sign-in", gate.anyone(signIn::takePassword))
                .post("/sign-out", gate.anyone(signIn::signOut))
                .get("/code", gate.only(AwaitingCode.class, signIn::showCode))
                .post("/code", gate.only(AwaitingCode.class, signIn::takeCode))
                .post("/code/choose", gate.only(AwaitingCode.class, signIn::chooseWay))
                .post("/code/send", gate.only(AwaitingCode.class, signIn::sendAgain))
                .get("/code/delivery", gate.only(AwaitingCode.class, signIn::delivery));
    }

    private static void addSetUp(Router router, Gate gate, Enrollment enrollment) {
        router.get("/enroll", gate.only(MustEnroll.class, enrollment::showRequired))
                .post("/enroll/skip", gate.only(MustEnroll.class, enrollment::skipRequired))
                .get("/set-up/choose", gate.enrolling(enrollment::showWays))
                .post("/set-up/begin", gate.enrolling(enrollment::begin))
                .get("/set-up", gate.enrolling(enrollment::show))
                .post("/set-up", gate.enrolling(enrollment::take))
                .post("/set-up/send", gate.enrolling(enrollment::sendAgain))
                .post("/set-up/send-confirmation", gate.enrolling(enrollment::sendConfirmation))
                .get("/set-up/delivery", gate.enrolling(enrollment::delivery))
                .post("/set-up/cancel", gate.enrolling(enrollment::cancel));
        for (FactorKind kind : List.of(FactorKind.EMAIL, FactorKind.SMS)) {
            router.get(
                            "/set-up/" + kind.type(),
                            gate.enrolling(
                                    (visit, session, standing) -> enrollment.showDestination(kind, visit, session)))
                    .post(
                            "/set-up/" + kind.type(),
                            gate.enrolling(
                                    (visit, session, standing) -> enrollment.takeDestination(kind, visit, session)));
        }
    }

    private static void addProfile(Router router, Gate gate, Profile profile) {
        router.get("/home", gate.signedIn(profile::showHome))
                .get("/profile", gate.signedIn(profile::show))
                .get("/profile/rename", gate.signedIn(profile::showRename))
                .post("/profile/rename", gate.signedIn(profile::rename))
                .post("/profile/default", gate.signedIn(profile::makeDefault))
                .post("/profile/remove", gate.signedIn(profile::remove))
                .post("/profile/turn-off", gate.signedIn(profile::turnOff))
                .post("/profile/preferences", gate.signedIn(profile::prefer));
    }

    private static void addComputers(Router router, Gate gate, Computers computers, PasswordChange password) {
        router.get("/computers/rename", gate.signedIn(computers::showRename))
                .post("/computers/rename", gate.signedIn(computers::rename))
                .post("/computers/forget", gate.signedIn(computers::forget))
                .post("/computers/forget-all", gate.signedIn(computers::forgetAll))
                .get("/password", gate.signedIn(password::show))
                .post("/password", gate.signedIn(password::take));
    }

    private static void addRecovery(Router router, Gate gate, Recovery recovery) {
        router.get("/recovery-codes", gate.signedIn(recovery::show))
                .get("/recovery-codes.txt", gate.signedIn(recovery::download))
                .get("/recovery-codes/confirm", gate.signedIn(recovery::showConfirm))
                .post("/recovery-codes/confirm", gate.signedIn(recovery::takeConfirm))
                .post("/recovery-codes/later", gate.signedIn(recovery::later))
                .post("/recovery-codes/new", gate.signedIn(recovery::renew));
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
        operator.ifPresent(OperatorClient::close);
    }
}
