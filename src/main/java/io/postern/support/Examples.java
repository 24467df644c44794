package io.postern.support;

/** Requests and answers as the OpenAPI document shows them. */
final class Examples {

    static final String CALL = """
            {"actor": "desk-7", "reason": "Lost the phone; identity checked by call-back"}""";

    static final String LIFT = """
            {"actor": "desk-7", "reason": "Spoke to the person, who has a new password", "suspended": "discard"}""";

    static final String RENAME = """
            {"actor": "desk-7", "reason": "Has three that are called alike", "name": "Computer at home"}""";

    static final String RENAMED = """
            {
              "id": "0b6bd4c8-0c3f-4bd9-9a35-6a6b2f3a1c77",
              "name": "Computer at home",
              "ip": "203.0.113.7",
              "created_at": "2026-01-15T09:30:00.120Z",
              "proven_at": "2026-01-15T09:30:00.120Z",
              "last_used_at": "2026-01-16T07:12:41.305Z",
              "remembered_until": "2026-01-29T09:30:00.120Z"
            }""";

    static final String APPROVAL = """
            {"actor": "desk-2", "reason": "Spoke to desk-7 and to the person's manager"}""";

    static final String NEW_BYPASS_CODE = """
            {"actor": "desk-7", "reason": "Left the phone at home; identity checked by call-back", "minutes": 15}""";

    static final String BYPASS_CODE = """
            {
              "id": "3f1c9a52-5f0e-4d0b-8f0f-6f6d4b0a2e11",
              "status": "live",
              "expires_at": "2026-01-15T09:45:00.120Z",
              "code": "K7QX-2MHT-9RWD"
            }""";

    static final String BYPASS_REQUEST = """
            {
              "id": "3f1c9a52-5f0e-4d0b-8f0f-6f6d4b0a2e11",
              "status": "awaiting_approval",
              "expires_at": "2026-01-15T10:00:00.120Z"
            }""";

    static final String LOOK_UP = """
            {
              "subject": "owner",
              "email": "o•••@example.com",
              "display_name": "Owner",
              "locale": "en",
              "two_factor": "on",
              "factors": [
                {
                  "id": "7d0d6ef3-8f6b-4b1e-9a57-3a6a7a1c4a52",
                  "type": "totp",
                  "status": "active",
                  "label": "Phone",
                  "default": true,
                  "locked_at": "2026-01-16T07:12:41.305Z",
                  "created_at": "2026-01-15T09:30:00.120Z",
                  "last_used_at": "2026-01-15T17:02:11.730Z",
                  "failures": 100,
                  "activated_at": "2026-01-15T09:31:12.004Z"
                }
              ],
              "preferences": {"ask_every_sign_in": false},
              "recovery_codes_left": 9,
              "recovery_codes_confirmed": true,
              "delayed_until": "2026-01-16T08:12:41.305Z",
              "sends": {"left": 10},
              "devices": [],
              "bypass_code": {
                "id": "3f1c9a52-5f0e-4d0b-8f0f-6f6d4b0a2e11",
                "status": "live",
                "expires_at": "2026-01-16T08:20:00.120Z"
              },
              "audit_events": [
                {
                  "at": "2026-01-16T07:12:41.305Z",
                  "type": "factor_locked",
                  "factor": "7d0d6ef3-8f6b-4b1e-9a57-3a6a7a1c4a52",
                  "factor_type": "totp",
                  "challenge": "5c8e6b7e-2f83-4f0e-a6f7-0a1b3f1d9c20",
                  "client": "shop-admin"
                }
              ]
            }""";

    private Examples() {}
}
