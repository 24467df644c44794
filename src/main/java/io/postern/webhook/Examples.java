package io.postern.webhook;

/** Requests and answers as the OpenAPI document shows them. */
final class Examples {

    static final String NEW = """
            {
              "url": "https://hooks.example.com/postern",
              "events": ["factor_removed", "two_factor_disabled", "failures_repeated"],
              "description": "Security team"
            }""";

    private static final String MEMBERS = """
              "id": "5b0e2b0c-6a2f-4f0e-8d6f-0f5d4c1f7a90",
              "url": "https://hooks.example.com/postern",
              "events": ["factor_removed", "two_factor_disabled", "failures_repeated"],
              "description": "Security team",
              "enabled": true,
            """;

    private static final String ONE_SECRET = """
              "secrets": [{"created_at": "2026-01-15T09:30:00.120Z"}],
            """;

    private static final String SECRET = """
              "secret": "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDazfIZQmpfkQ=",
            """;

    private static final String END = """
              "created_at": "2026-01-15T09:30:00.120Z"
            }""";

    static final String ADDED = "{\n" + MEMBERS + ONE_SECRET + SECRET + END;

    static final String WEBHOOK = "{\n" + MEMBERS + ONE_SECRET + END;

    static final String WEBHOOKS = "{\"webhooks\": [" + WEBHOOK + "]}";

    static final String CHANGE = """
            {"url": "https://hooks.example.com/postern-2", "enabled": true}""";

    static final String ROTATION = """
            {"overlap_hours": 24}""";

    static final String ROTATED = "{\n" + MEMBERS + """
              "secrets": [
                {"created_at": "2026-03-01T10:00:00.305Z"},
                {"created_at": "2026-01-15T09:30:00.120Z", "expires_at": "2026-03-02T10:00:00.305Z"}
              ],
            """ + SECRET + END;

    static final String WAITING = """
            {
              "id": "c1d2f6b4-0f7c-4c58-9d8e-5f9b2f1a6e3d",
              "message": "0b6bd4c8-0c3f-4bd9-9a35-6a6b2f3a1c77",
              "type": "ping",
              "state": "waiting",
              "attempts": 0,
              "created_at": "2026-01-15T09:31:00.120Z",
              "next_attempt_at": "2026-01-15T09:31:00.120Z"
            }""";

    static final String PAGE = """
            {
              "deliveries": [
                {
                  "id": "c1d2f6b4-0f7c-4c58-9d8e-5f9b2f1a6e3d",
                  "message": "0b6bd4c8-0c3f-4bd9-9a35-6a6b2f3a1c77",
                  "type": "factor_removed",
                  "state": "delivered",
                  "attempts": 2,
                  "last_status": 204,
                  "created_at": "2026-01-15T09:31:00.120Z",
                  "attempted_at": "2026-01-15T09:31:09.871Z",
                  "ended_at": "2026-01-15T09:31:10.015Z"
                }
              ],
              "next": "AAABm8Iyl3gLa9TIDD9L2Zo1amsvOhx3"
            }""";

    private Examples() {}
}
