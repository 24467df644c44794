package io.postern.embedded;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The service's configuration as environment variables; all but the port, which each copy has for itself. */
public final class ServiceEnvironment {
    private ServiceEnvironment() {}

    public static Map<String, String> of(Postgres postgres, Redis redis, KeyFiles keys, URI issuer) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        // No load balancer is there to notice that a copy will go.
        environment.put("QUARKUS_SHUTDOWN_DELAY", "0s");
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", postgres.url());
        environment.put("QUARKUS_DATASOURCE_USERNAME", postgres.username());
        environment.put("QUARKUS_DATASOURCE_PASSWORD", postgres.password());
        environment.put("QUARKUS_REDIS_HOSTS", redis.uri().toString());
        environment.put("POSTERN_ISSUER", issuer.toString());
        environment.put("POSTERN_KEYS_RING_FILE", keys.ring().toString());
        environment.put("POSTERN_KEYS_VERIFICATION_FILE", keys.verification().toString());
        environment.put("POSTERN_KEYS_ACCESS_FILE", keys.access().toString());
        environment.putAll(SeededClient.environment(SeededClient.ALL));
        return environment;
    }

    /** What turns the channels on whose servers are there. */
    public static Map<String, String> ofDelivery(Optional<MailServer> mail, Optional<PretendSms> sms) {
        Map<String, String> environment = new LinkedHashMap<>();
        mail.ifPresent(server -> environment.putAll(server.environment()));
        sms.ifPresent(provider -> environment.putAll(provider.environment()));
        return environment;
    }
}
