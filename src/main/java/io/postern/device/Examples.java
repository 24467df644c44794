package io.postern.device;

/** Requests and answers as the OpenAPI document shows them. */
final class Examples {

    static final String DEVICE = """
            {
              "id": "0b6bd4c8-0c3f-4bd9-9a35-6a6b2f3a1c77",
              "name": "Firefox on Windows",
              "ip": "203.0.113.7",
              "created_at": "2026-01-15T09:30:00.120Z",
              "proven_at": "2026-01-15T09:30:00.120Z",
              "last_used_at": "2026-01-16T07:12:41.305Z",
              "remembered_until": "2026-01-29T09:30:00.120Z"
            }""";

    static final String DEVICES = """
            {
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
              ]
            }""";

    static final String RENAME = """
            {"name": "Computer at home"}""";

    private Examples() {}
}
