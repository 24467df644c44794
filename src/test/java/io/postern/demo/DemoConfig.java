package io.postern.demo;

import java.net.URI;
import java.util.Optional;

/**
 * What the demo has to know.
 *
 * @param port         of the demo, on the loopback address; 0 takes a free one
 * @param postern      where Postern is reached
 * @param issuer       what Postern calls itself in its tokens
 * @param audience     the id of this application at Postern
 * @param clientId     the API client of this application, with the scopes {@code verify} and {@code enroll} alone
 * @param clientSecret that client's secret
 * @param operator     another API client of this application, for the pages of its administrators alone; empty where there are
 *                     none
 */
public record DemoConfig(
        int port,
        URI postern,
        String issuer,
        String audience,
        String clientId,
        String clientSecret,
        Optional<Operator> operator) {

    /** An API client with the scopes {@code support}, {@code audit} and {@code admin}. */
    public record Operator(String clientId, String clientSecret) {
        @Override
        public String toString() {
            return "Operator[" + clientId + "]"; // keeps the secret out of logs
        }
    }

    /** Without pages for administrators. */
    public DemoConfig(int port, URI postern, String issuer, String audience, String clientId, String clientSecret) {
        this(port, postern, issuer, audience, clientId, clientSecret, Optional.empty());
    }

    public DemoConfig withOperator(String id, String secret) {
        return new DemoConfig(
                port, postern, issuer, audience, clientId, clientSecret, Optional.of(new Operator(id, secret)));
    }

    /** Of the application {@code demo-admin}, whose tokens {@code postern} issues under that very name. */
    public static DemoConfig of(int port, URI postern, String clientId, String clientSecret) {
        return new DemoConfig(port, postern, postern.toString(), "demo-admin", clientId, clientSecret);
    }

    @Override
    public String toString() {
        return "DemoConfig[" + port + ", " + postern + ", " + clientId + "]"; // keeps the secret out of logs
    }
}
