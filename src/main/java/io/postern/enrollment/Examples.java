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
              "recovery_codes_left": 10,
              "recovery_codes_confirmed": true,
              "locked_until": null
            }""";

    static final String EXPORT = """
            {
              "subject": "owner",
              "exported_at": "2026-01-20T08:00:00.000Z",
              "registration": {
                "email": "owner@example.com",
                "display_name": "Owner",
                "locale": "en",
                "created_at": "2026-01-15T09:29:00.120Z",
                "updated_at": "2026-01-18T10:00:00.000Z"
              },
              "preferences": {"ask_every_sign_in": false},
              "two_factor": "on",
              "factors": [
                {
                  "factor": {
                    "id": "0d9d1d0a-7d2a-4c36-8f0b-6f4c1b9d5f10",
                    "type": "email",
                    "status": "active",
                    "label": "Email",
                    "default": true,
                    "destination": "o•••@example.com",
                    "created_at": "2026-01-15T09:30:00.120Z",
                    "last_used_at": "2026-01-16T07:12:41.305Z"
                  },
                  "destination": "owner@example.com",
                  "activated_at": "2026-01-15T09:31:12.004Z",
                  "failures": 0
                }
              ],
              "devices": [
                {
                  "id": "0b6bd4c8-0c3f-4bd9-9a35-6a6b2f3a1c77",
                  "name": "Firefox on Windows",
                  "ip": "203.0.113.7",
                  "created_at": "2026-01-15T09:30:00.120Z",
                  "proven_at": "2026-01-15T09:30:00.120Z",
                  "last_used_at": "2026-01-16T07:12:41.305Z",
                  "remembered_until": "2026-01-29T09:30:00.120Z"
                }
              ],
              "awaited_codes": [],
              "former_addresses": [
                {
                  "address": "owner@old.example.com",
                  "replaced_at": "2026-01-18T10:00:00.000Z",
                  "ends_at": "2026-02-17T10:00:00.000Z"
                }
              ],
              "audit_events": [
                {
                  "at": "2026-01-15T09:31:12.004Z",
                  "type": "factor_activated",
                  "factor": "0d9d1d0a-7d2a-4c36-8f0b-6f4c1b9d5f10",
                  "factor_type": "email",
                  "client": "demo-admin"
                },
                {
                  "at": "2026-01-20T08:00:00.000Z",
                  "type": "subject_exported",
                  "client": "demo-operator",
                  "actor": "desk-7",
                  "reason": "Ticket 4711: asked for it by letter"
                }
              ]
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

    static final String NEW_EMAIL = """
            {"type": "email", "address": "owner@example.com"}""";

    static final String NEW_SMS = """
            {"type": "sms", "phone_number": "+14155550123", "ip": "203.0.113.7"}""";

    static final String PENDING_EMAIL = """
            {
              "id": "0b6bd4c8-0c3f-4bd9-9a35-6a6b2f3a1c77",
              "type": "email",
              "status": "pending",
              "label": "Email",
              "default": false,
              "destination": "o•••@example.com",
              "created_at": "2026-01-15T09:30:00.120Z",
              "expires_at": "2026-01-15T09:45:00.120Z",
              "resend_after": "2026-01-15T09:30:30.120Z",
              "code_expires_at": "2026-01-15T09:40:00.120Z",
              "delivery": "queued",
              "queued_at": "2026-01-15T09:30:00.120Z"
            }""";

    static final String PENDING_SENT = """
            {
              "id": "0b6bd4c8-0c3f-4bd9-9a35-6a6b2f3a1c77",
              "type": "email",
              "status": "pending",
              "label": "Email",
              "default": false,
              "destination": "o•••@example.com",
              "created_at": "2026-01-15T09:30:00.120Z",
              "expires_at": "2026-01-15T09:45:00.120Z",
              "sent": {
                "resend_after": "2026-01-15T09:30:30.120Z",
                "code_expires_at": "2026-01-15T09:40:00.120Z",
                "delivery": "sent",
                "queued_at": "2026-01-15T09:30:00.120Z",
                "sent_at": "2026-01-15T09:30:00.480Z",
                "provider_ms": 212
              }
            }""";

    private static final String CODES = """
              "recovery_codes": [
                "K7M29-QXRTB-4WH6P-DJN8S",
                "2VYQ8-C7NHB-T4KZM-9FDRX",
                "9BTFW-3XJ6M-HRZ7K-QN4D2",
                "D4ZQR-8KWN2-7VTJB-YH6CM",
                "FH6XN-T92KD-QJ4ZB-W8M7R",
                "H8JWK-ZR4T6-M2QDN-7XVBC",
                "MQ3TZ-6NVXH-B9K4R-J2WDF",
                "R6BDV-WJ7QK-ZT3NH-X4M9C",
                "TX4KM-2HZ8B-DVQ6W-RJ7N3",
                "XN9HQ-VB3DT-7KWMZ-46RJC"
              ]
            }""";

    static final String RECOVERY_CODES = """
            {
            """ + CODES;

    static final String RECOVERY_CODE = """
            {"code": "K7M29-QXRTB-4WH6P-DJN8S"}""";

    static final String ACTIVATED = """
            {
              "id": "7d0d6ef3-8f6b-4b1e-9a57-3a6a7a1c4a52",
              "type": "totp",
              "status": "active",
              "label": "Phone",
              "default": true,
              "created_at": "2026-01-15T09:30:00.120Z",
            """ + CODES;

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
