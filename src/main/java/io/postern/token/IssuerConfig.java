package io.postern.token;

import io.smallrye.config.ConfigMapping;

/** What tokens say of Postern itself. */
@ConfigMapping(prefix = "postern")
public interface IssuerConfig {

    /** Postern's own public address, the {@code iss} of its tokens, such as {@code https://postern.example.com}. */
    String issuer();
}
