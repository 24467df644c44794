package io.postern.operator;

/** Requests and answers as the OpenAPI document shows them. */
final class Examples {

    static final String FIRST = """
            {
              "secret": "b1lNn0QY0k3v6rJ1xYH3w5m4m5oTzq2W",
              "name": "ada",
              "email": "ada@example.com",
              "password": "four candles under the bridge"
            }""";

    static final String ACCEPTANCE = """
            {
              "invitation": "4vXx5M0lq0cT8Yt9yYbQK1n3r8fWq2mE7sJd6uZ0aPk",
              "password": "seven boats behind the moon"
            }""";

    static final String NEW = """
            {"name": "grace", "email": "grace@example.com", "role": "support"}""";

    static final String ROLE = """
            {"role": "viewer", "reason": "Has moved to another team"}""";

    static final String ORDER = """
            {"reason": "Ticket 4711: has lost the phone"}""";

    static final String PASSWORD = """
            {
              "current_password": "seven boats behind the moon",
              "new_password": "nine clouds over the harbour"
            }""";

    static final String CODE = """
            {"factor": "7d0d6ef3-8f6b-4b1e-9a57-3a6a7a1c4a52", "code": "123456"}""";

    static final String FACTOR = """
            {"factor": "7d0d6ef3-8f6b-4b1e-9a57-3a6a7a1c4a52"}""";

    static final String OPERATOR = """
            {
              "id": "0f4a8c1e-4a53-4a40-9a56-5a0c6a1f2b77",
              "name": "grace",
              "role": "support",
              "email": "grace@example.com",
              "signed_in_at": "2026-01-15T09:30:00Z",
              "created_at": "2026-01-12T14:00:00Z"
            }""";

    static final String SUSPENDED = """
            {
              "id": "0f4a8c1e-4a53-4a40-9a56-5a0c6a1f2b77",
              "name": "grace",
              "role": "support",
              "email": "grace@example.com",
              "suspended_since": "2026-01-16T08:00:00Z",
              "signed_in_at": "2026-01-15T09:30:00Z",
              "created_at": "2026-01-12T14:00:00Z"
            }""";

    static final String INVITED = """
            {
              "operator": {
                "id": "0f4a8c1e-4a53-4a40-9a56-5a0c6a1f2b77",
                "name": "grace",
                "role": "support",
                "email": "grace@example.com",
                "invited_until": "2026-01-13T14:00:00Z",
                "created_at": "2026-01-12T14:00:00Z"
              },
              "invitation": "4vXx5M0lq0cT8Yt9yYbQK1n3r8fWq2mE7sJd6uZ0aPk",
              "ends_at": "2026-01-13T14:00:00Z"
            }""";

    static final String OPERATORS = "{\"operators\": [" + OPERATOR + "]}";

    static final String PENDING = """
            {
              "status": "pending",
              "id": "1BGXK_oA4XWEkiO3iSFSsgokU3zXKcb83c2Yt_RyrErQ",
              "factors": [
                {
                  "id": "7d0d6ef3-8f6b-4b1e-9a57-3a6a7a1c4a52",
                  "type": "totp",
                  "label": "Phone",
                  "default": true,
                  "available": true
                }
              ],
              "attempts_remaining": 5,
              "expires_at": "2026-01-15T09:45:00Z"
            }""";

    static final String SENT = """
            {
              "destination": "o•••@example.com",
              "resend_after": "2026-01-15T09:30:30.120Z",
              "code_expires_at": "2026-01-15T09:40:00.120Z",
              "delivery": "queued",
              "queued_at": "2026-01-15T09:30:00.120Z"
            }""";

    static final String TO_ENROLL = """
            {
              "status": "enrollment_required",
              "operator": "0f4a8c1e-4a53-4a40-9a56-5a0c6a1f2b77",
              "name": "grace",
              "role": "support",
              "access_token": "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJvcGVyYXRvciJ9.c2ln",
              "token_type": "Bearer",
              "expires_in": 600
            }""";

    static final String APPROVED = """
            {
              "status": "approved",
              "operator": "0f4a8c1e-4a53-4a40-9a56-5a0c6a1f2b77",
              "name": "grace",
              "role": "support",
              "access_token": "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJvcGVyYXRvciJ9.c2ln",
              "token_type": "Bearer",
              "expires_in": 600,
              "scope": "support audit"
            }""";

    private Examples() {}
}
