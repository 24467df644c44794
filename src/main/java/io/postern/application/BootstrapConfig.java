package io.postern.application;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/**
 * The first applications and API clients, one entry a client. What is missing is created when the service starts; what is
 * there is never changed.
 */
@ConfigMapping(prefix = "postern")
public interface BootstrapConfig {

    /** The entries. */
    List<Client> bootstrap();

    /** An API client and the application that it belongs to. */
    interface Client {

        /** The application's id, the audience of its verification tokens: 1 to 64 of {@code a-z 0-9 . _ -}, not {@code postern}. */
        String application();

        /** The application's name as people read it, also in their authenticator apps; its id where left out. */
        Optional<String> name();

        /** The application's policy as JSON; what is left out has its default. */
        Optional<String> policy();

        /** The client's id: 1 to 64 of {@code a-z 0-9 . _ -}. */
        String client();

        /** The client's secret. Choose 256 random bits; under 32 characters a warning is logged. */
        String secret();

        /** The client's scopes: {@code verify}, {@code enroll}, {@code support}, {@code audit}, {@code admin}. */
        List<String> scopes();
    }
}
