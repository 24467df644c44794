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
              "delivery": "queued"
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

    static final String NOT_ENROLLED = """
            {"status": "not_enrolled"}""";

    static final String ENROLLMENT_REQUIRED = """
            {"status": "enrollment_required"}""";

    static final String BLOCKED = """
            {"status": "blocked"}""";

    static final String CODE = """
            {
              "factor": "7d0d6ef3-8f6b-4b1e-9a57-3a6a7a1c4a52",
              "code": "123456",
              "subject": "owner"
            }""";

    static final String TOKEN = """
            {
              "status": "approved",
              "verification_token": "eyJ0eXAiOiJwb3N0ZXJuLXZlcmlmaWNhdGlvbitqd3QiLCJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJvd25lciJ9.c2ln"
            }""";

    private Examples() {}
}
