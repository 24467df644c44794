package io.postern.challenge;

/** Requests and answers as the OpenAPI document shows them. */
final class Examples {

    static final String SEND = """
            {"factor": "0b6bd4c8-0c3f-4bd9-9a35-6a6b2f3a1c77"}""";

    static final String SENT = """
            {
              "destination": "o•••@example.com",
              "resend_after": "2026-01-15T09:30:30.120Z",
              "code_expires_at": "2026-01-15T09:40:00.120Z",
              "delivery": "queued",
              "queued_at": "2026-01-15T09:30:00.120Z"
            }""";

    static final String SIGN_IN = """
            {
              "subject": "owner",
              "purpose": "sign_in",
              "nonce": "n-0S6_WzA2Mj",
              "ip": "203.0.113.7",
              "user_agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
            }""";

    static final String STEP_UP = """
            {
              "subject": "owner",
              "purpose": "step_up",
              "action": "disable",
              "acr": "urn:postern:level:2",
              "nonce": "k4_Ud0uHqZ1v"
            }""";

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
              "expires_at": "2026-01-15T09:45:00.120Z"
            }""";

    static final String PENDING_SENT = """
            {
              "status": "pending",
              "id": "1BGXK_oA4XWEkiO3iSFSsgokU3zXKcb83c2Yt_RyrErQ",
              "factors": [
                {
                  "id": "0b6bd4c8-0c3f-4bd9-9a35-6a6b2f3a1c77",
                  "type": "email",
                  "label": "Email",
                  "default": true,
                  "available": true,
                  "destination": "o•••@example.com",
                  "sent": {
                    "resend_after": "2026-01-15T09:30:30.120Z",
                    "code_expires_at": "2026-01-15T09:40:00.120Z",
                    "delivery": "sent",
                    "queued_at": "2026-01-15T09:30:00.120Z",
                    "sent_at": "2026-01-15T09:30:00.480Z",
                    "provider_ms": 212
                  }
                }
              ],
              "attempts_remaining": 5,
              "expires_at": "2026-01-15T09:45:00.120Z"
            }""";

    static final String APPROVED = """
            {
              "status": "approved",
              "id": "1BGXK_oA4XWEkiO3iSFSsgokU3zXKcb83c2Yt_RyrErQ",
              "expires_at": "2026-01-15T09:45:00.120Z"
            }""";

    static final String FAILED = """
            {
              "status": "failed",
              "id": "1BGXK_oA4XWEkiO3iSFSsgokU3zXKcb83c2Yt_RyrErQ",
              "expires_at": "2026-01-15T09:45:00.120Z"
            }""";

    static final String SIGN_IN_AGAIN = """
            {
              "subject": "owner",
              "purpose": "sign_in",
              "nonce": "x8Qf2mJ0tKcL",
              "device_token": "C2vUyAw_S9maNWprLzocdw.9PzGJb1sXkqT3mVwYdE5rLh0uNaC7oFi8ZtBxQpKf2M.4sDq1GvXz8LmTnRk7yWc3A",
              "ip": "203.0.113.7",
              "user_agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
            }""";

    static final String REMEMBERED = """
            {
              "status": "remembered",
              "verification_token": "eyJ0eXAiOiJwb3N0ZXJuLXZlcmlmaWNhdGlvbitqd3QiLCJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJvd25lciJ9.c2ln",
              "device": "0b6bd4c8-0c3f-4bd9-9a35-6a6b2f3a1c77",
              "device_token": "C2vUyAw_S9maNWprLzocdw.kB6nH1wQz0RjUe4TgYx7aMvPcS9dLf3iOt2XqEyNwJ8.Zr5mKb9tQx2WvLc7pNd0Hg",
              "remembered_until": "2026-01-29T09:30:00.120Z"
            }""";

    static final String NOT_ENROLLED = """
            {"status": "not_enrolled"}""";

    static final String ENROLLMENT_REQUIRED = """
            {"status": "enrollment_required"}""";

    static final String BLOCKED = """
            {"status": "blocked"}""";

    static final String GRACE_PERIOD = """
            {"status": "enrollment_required", "grace_until": "2026-03-01T00:00:00Z"}""";

    static final String DRY_RUN = """
            {"subject": "owner", "purpose": "sign_in", "roles": ["editor"]}""";

    static final String DRY_RUN_OF_A_COMPUTER = """
            {
              "subject": "owner",
              "purpose": "sign_in",
              "device_token": "C2vUyAw_S9maNWprLzocdw.9PzGJb1sXkqT3mVwYdE5rLh0uNaC7oFi8ZtBxQpKf2M.4sDq1GvXz8LmTnRk7yWc3A"
            }""";

    static final String WOULD_BE_REMEMBERED = """
            {"status": "remembered", "remembered_days": 14, "reasons": ["two_factor_on", "device_remembered"]}""";

    static final String DRY_RUN_OF_A_POLICY = """
            {
              "subject": "owner",
              "purpose": "sign_in",
              "policy": {"least_level": {"sign_in": "urn:postern:level:2"}}
            }""";

    static final String WOULD_BE_PENDING = """
            {
              "status": "pending",
              "least_level": "urn:postern:level:2",
              "factors": [
                {
                  "id": "7d0d6ef3-8f6b-4b1e-9a57-3a6a7a1c4a52",
                  "type": "totp",
                  "label": "Phone",
                  "default": true,
                  "level": "urn:postern:level:2",
                  "available": true
                },
                {
                  "id": "0b6bd4c8-0c3f-4bd9-9a35-6a6b2f3a1c77",
                  "type": "email",
                  "label": "Email",
                  "default": false,
                  "level": "urn:postern:level:1",
                  "available": false,
                  "reason": "below_level",
                  "destination": "o•••@example.com"
                }
              ],
              "remembered_days": 0,
              "reasons": ["two_factor_on", "level_of_policy"]
            }""";

    static final String WOULD_BE_REQUIRED = """
            {
              "status": "enrollment_required",
              "grace_until": "2026-03-01T00:00:00Z",
              "reasons": ["two_factor_off", "grace_period"]
            }""";

    static final String CODE = """
            {
              "factor": "7d0d6ef3-8f6b-4b1e-9a57-3a6a7a1c4a52",
              "code": "123456",
              "subject": "owner"
            }""";

    static final String CODE_ONCE = """
            {
              "factor": "7d0d6ef3-8f6b-4b1e-9a57-3a6a7a1c4a52",
              "code": "123456",
              "subject": "owner",
              "remember_device": false
            }""";

    static final String TOKEN_AND_DEVICE = """
            {
              "status": "approved",
              "verification_token": "eyJ0eXAiOiJwb3N0ZXJuLXZlcmlmaWNhdGlvbitqd3QiLCJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJvd25lciJ9.c2ln",
              "device": "0b6bd4c8-0c3f-4bd9-9a35-6a6b2f3a1c77",
              "device_token": "C2vUyAw_S9maNWprLzocdw.9PzGJb1sXkqT3mVwYdE5rLh0uNaC7oFi8ZtBxQpKf2M.4sDq1GvXz8LmTnRk7yWc3A",
              "remembered_until": "2026-01-29T09:30:00.120Z"
            }""";

    static final String TOKEN = """
            {
              "status": "approved",
              "verification_token": "eyJ0eXAiOiJwb3N0ZXJuLXZlcmlmaWNhdGlvbitqd3QiLCJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJvd25lciJ9.c2ln"
            }""";

    private Examples() {}
}
