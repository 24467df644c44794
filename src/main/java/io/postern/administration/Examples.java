package io.postern.administration;

/** Requests and answers as the OpenAPI document shows them. */
final class Examples {

    static final String WRITTEN = """
            {
              "allowed_factors": ["totp", "email", "recovery_code"],
              "enforcement": "required_from",
              "required_from": "2026-03-01T00:00:00Z",
              "enforced_roles": ["administrator"],
              "least_level": {"step_up": "urn:postern:level:2"}
            }""";

    static final String POLICY = """
            {
              "version": 3,
              "changed_at": "2026-01-15T09:30:00.120Z",
              "changed_by": "c-k7m29xqrtb4wh6pdjn8s",
              "policy": {
                "allowed_factors": ["totp", "email", "recovery_code"],
                "enforcement": "required_from",
                "required_from": "2026-03-01T00:00:00Z",
                "enforced_roles": ["administrator"],
                "remembered_days": 14,
                "maximum_age": 300,
                "least_level": {"sign_in": "urn:postern:level:0", "step_up": "urn:postern:level:2"},
                "challenge_seconds": 900,
                "attempts": 5,
                "totp_drift_steps": 1,
                "confirm_email_first": false,
                "bypass_needs_approval": false,
                "code_digits": 6,
                "email_code_seconds": 600,
                "sms_code_seconds": 300,
                "sms_regions": ["CA", "US"],
                "sms_daily_budget": 500,
                "code_in_subject": false,
                "texts": {}
              },
              "written": {
                "allowed_factors": ["totp", "email", "recovery_code"],
                "enforcement": "required_from",
                "required_from": "2026-03-01T00:00:00Z",
                "enforced_roles": ["administrator"],
                "least_level": {"step_up": "urn:postern:level:2"}
              }
            }""";

    static final String VERSIONS = """
            {
              "versions": [
                {
                  "version": 2,
                  "changed_at": "2026-01-15T09:30:00.120Z",
                  "changed_by": "c-k7m29xqrtb4wh6pdjn8s",
                  "written": {"enforcement": "required"}
                }
              ],
              "next": "Mg"
            }""";

    static final String NEW_APPLICATION = """
            {
              "id": "shop-admin",
              "name": "Shop admin",
              "return_addresses": ["https://admin.shop.example/signed-in"]
            }""";

    static final String APPLICATION = """
            {
              "id": "shop-admin",
              "name": "Shop admin",
              "return_addresses": ["https://admin.shop.example/signed-in"],
              "created_at": "2026-01-15T09:30:00.120Z"
            }""";

    static final String SUSPENDED = """
            {
              "id": "shop-admin",
              "name": "Shop admin",
              "return_addresses": ["https://admin.shop.example/signed-in"],
              "suspended_since": "2026-01-16T07:12:41.305Z",
              "created_at": "2026-01-15T09:30:00.120Z"
            }""";

    static final String APPLICATIONS = """
            {
              "applications": [
                {
                  "id": "shop-admin",
                  "name": "Shop admin",
                  "return_addresses": ["https://admin.shop.example/signed-in"],
                  "created_at": "2026-01-15T09:30:00.120Z"
                }
              ],
              "next": "c2hvcC1hZG1pbg"
            }""";

    static final String APPLICATION_CHANGE = """
            {"name": "Shop"}""";

    static final String NEW_CLIENT = """
            {"label": "Front end", "scopes": ["verify", "enroll"]}""";

    static final String CLIENT = """
            {
              "id": "c-k7m29xqrtb4wh6pdjn8s",
              "label": "Front end",
              "scopes": ["verify", "enroll"],
              "secrets": [],
              "created_at": "2026-01-15T09:30:00.120Z"
            }""";

    static final String CLIENTS = """
            {
              "clients": [
                {
                  "id": "c-k7m29xqrtb4wh6pdjn8s",
                  "label": "Front end",
                  "scopes": ["verify", "enroll"],
                  "secrets": [
                    {
                      "id": "5b0d3a5e-58a5-4c0e-9c0b-1c2b8f1a7d11",
                      "created_at": "2026-01-15T09:30:00.120Z",
                      "expires_at": "2026-01-17T09:30:00.120Z"
                    }
                  ],
                  "created_at": "2026-01-15T09:30:00.120Z"
                }
              ]
            }""";

    static final String CLIENT_CHANGE = """
            {"scopes": ["verify"]}""";

    static final String SECRET_ORDER = """
            {"older_expires_in": 86400}""";

    static final String NEW_SECRET = """
            {
              "id": "5b0d3a5e-58a5-4c0e-9c0b-1c2b8f1a7d11",
              "secret": "q2Yt7mVx0n3cW9JkRzL5bE8hT1uP6sAfD4gXoKiN-Qc",
              "created_at": "2026-01-15T09:30:00.120Z"
            }""";

    private Examples() {}
}
