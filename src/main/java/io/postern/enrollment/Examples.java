package io.postern.enrollment;

/** Requests and answers as the OpenAPI document shows them. */
final class Examples {

    static final String REGISTRATION = """
            {"email": "owner@example.com", "display_name": "Owner", "locale": "en"}""";

    static final String SUBJECT_OFF = """
            {
              "subject": "owner",
              "email": "owner@example.com",
              "display_name": "Owner",
              "locale": "en",
              "two_factor": "off",
              "factors": [],
              "preferences": {"ask_every_sign_in": false},
              "locked_until": null
            }""";

    static final String SUBJECT_ON = """
            {
              "subject": "owner",
              "email": "owner@example.com",
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
                  "created_at": "2026-01-15T09:30:00.120Z",
                  "last_used_at": "2026-01-16T07:12:41.305Z"
                }
              ],
              "preferences": {"ask_every_sign_in": false},
              "locked_until": null
            }""";

    static final String PREFERENCES = """
            {"ask_every_sign_in": true}""";

    static final String NEW_TOTP = """
            {"type": "totp", "label": "Phone"}""";

    static final String PENDING_TOTP = """
            {
              "id": "7d0d6ef3-8f6b-4b1e-9a57-3a6a7a1c4a52",
              "type": "totp",
              "status": "pending",
              "label": "Phone",
              "default": false,
              "created_at": "2026-01-15T09:30:00.120Z",
              "expires_at": "2026-01-15T09:45:00.120Z",
              "secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
              "otpauth_uri": "otpauth://totp/Demo%20admin%20area%3Aowner%40example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Demo%20admin%20area&algorithm=SHA1&digits=6&period=30",
              "qr_svg": "<svg xmlns=\\"http://www.w3.org/2000/svg\\" viewBox=\\"0 0 61 61\\">…</svg>"
            }""";

    static final String CODE = """
            {"code": "123456"}""";

    static final String FACTOR = """
            {
              "id": "7d0d6ef3-8f6b-4b1e-9a57-3a6a7a1c4a52",
              "type": "totp",
              "status": "active",
              "label": "Phone",
              "default": true,
              "created_at": "2026-01-15T09:30:00.120Z"
            }""";

    static final String FACTORS = """
            {
              "factors": [
                {
                  "id": "7d0d6ef3-8f6b-4b1e-9a57-3a6a7a1c4a52",
                  "type": "totp",
                  "status": "active",
                  "label": "Phone",
                  "default": true,
                  "created_at": "2026-01-15T09:30:00.120Z",
                  "last_used_at": "2026-01-16T07:12:41.305Z"
                }
              ]
            }""";

    static final String RENAME = """
            {"label": "Work phone"}""";

    static final String MAKE_DEFAULT = """
            {"default": true}""";

    private Examples() {}
}
