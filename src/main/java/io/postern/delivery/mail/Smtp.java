package io.postern.delivery.mail;

import io.postern.problem.LoggedFailure;
import io.quarkus.mailer.runtime.MailerRuntimeConfig;
import io.quarkus.mailer.runtime.MailersRuntimeConfig;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.config.TlsConfigUtils;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.StartTLSOptions;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The mail server of {@code quarkus.mailer}, one connection a mail. Quarkus' own mailer keeps connections, and a mail whose
 * time is over could still go out on one that hung; here the end of the time closes the connection. A login is never made
 * before TLS, unless it is turned off by name ({@code start-tls=DISABLED}).
 */
@Singleton
final class Smtp {

    private static final Logger LOG = Logger.getLogger(Smtp.class);
    private static final String UNNAMED = "<default>";

    private static final Duration UNDEPLOYMENT = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final TlsConfigurationRegistry tls;

    Smtp(Vertx vertx, TlsConfigurationRegistry tls) {
        this.vertx = vertx;
        this.tls = tls;
    }

    /**
     * Sends a mail; returns when the server has taken it.
     *
     * @throws TimeoutException when the time is over, and then nothing of it goes out later
     */
    void send(MailMessage mail, Duration limit) {
        var line = new Line(config(limit));
        var id = await(vertx.deployVerticle(line), limit);
        try {
            await(line.client().sendMail(mail), limit);
        } finally {
            end(id);
        }
    }

    /** A mail that was taken is taken, whatever becomes of its connection. */
    private void end(String id) {
        try {
            await(vertx.undeploy(id), UNDEPLOYMENT);
        } catch (RuntimeException failure) {
            LOG.warnf("A connection to the mail server was not closed: %s", LoggedFailure.describe(failure));
        }
    }

    /**
     * A client whose connection ends with it. Closing the client alone would first say goodbye, and wait for the answer of a
     * server that says nothing.
     */
    private static final class Line extends AbstractVerticle {

        private final MailConfig config;
        private @Nullable MailClient client;

        private Line(MailConfig config) {
            this.config = config;
        }

        @Override
        public void start() {
            client = MailClient.create(vertx, config);
        }

        MailClient client() {
            return Objects.requireNonNull(client, "it is deployed");
        }
    }

    private static <T> T await(Future<T> future, Duration limit) {
        return UniHelper.toUni(future).await().atMost(limit);
    }

    private MailConfig config(Duration limit) {
        var settings = settings();
        var config = new MailConfig();
        config.setConnectTimeout(Math.toIntExact(limit.toMillis()));
        config.setKeepAlive(false).setMaxPoolSize(1);
        config.setHostname(settings.host());
        settings.port().ifPresent(config::setPort);
        settings.username().ifPresent(config::setUsername);
        settings.password().ifPresent(config::setPassword);
        settings.authMethods().ifPresent(config::setAuthMethods);
        settings.ownHostName().ifPresent(config::setOwnHostname);
        config.setLogin(LoginOption.valueOf(settings.login().toUpperCase(Locale.ROOT)));
        config.setStarttls(startTls(settings));
        trust(settings).ifPresent(trust -> TlsConfigUtils.configure(config, trust));
        // After it: it turns TLS from the first byte on, which no server with STARTTLS understands.
        config.setSsl(settings.tls().orElse(settings.ssl()));
        settings.trustAll().ifPresent(config::setTrustAll);
        return config;
    }

    /** Who stands in between can take the offer of TLS out, and would be given the password next. */
    private static StartTLSOptions startTls(MailerRuntimeConfig settings) {
        var wanted = StartTLSOptions.valueOf(settings.startTLS().toUpperCase(Locale.ROOT));
        return wanted == StartTLSOptions.OPTIONAL && settings.password().isPresent()
                ? StartTLSOptions.REQUIRED
                : wanted;
    }

    private Optional<TlsConfiguration> trust(MailerRuntimeConfig settings) {
        return settings.tlsConfigurationName()
                .map(name -> tls.get(name)
                        .orElseThrow(() -> new IllegalStateException("There is no TLS configuration " + name)));
    }

    private static MailerRuntimeConfig settings() {
        Map<String, MailerRuntimeConfig> mailers = ConfigProvider.getConfig()
                .unwrap(SmallRyeConfig.class)
                .getConfigMapping(MailersRuntimeConfig.class)
                .mailers();
        return Optional.ofNullable(mailers.get(UNNAMED))
                .orElseThrow(() -> new IllegalStateException("quarkus.mailer is not configured"));
    }
}
