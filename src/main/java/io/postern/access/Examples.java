package io.postern.access;

/** Requests and answers as the OpenAPI document shows them. */
final class Examples {

    static final String ALL_SCOPES = """
            {"grant_type": "client_credentials"}""";

    static final String ONE_SCOPE = """
            {"grant_type": "client_credentials", "scope": "verify"}""";

    static final String TOKEN = """
            {
              "access_token": "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJkZW1vLWFkbWluIn0.c2ln",
              "token_type": "Bearer",
              "expires_in": 600,
              "scope": "verify enroll"
            }""";

    private Examples() {}
}
