package io.postern.audit;

/** Requests and answers as the OpenAPI document shows them. */
final class Examples {

    static final String EVENTS = """
            {
              "events": [
                {
                  "sequence": 1042,
                  "id": "50211",
                  "at": "2026-01-16T07:12:41.305118Z",
                  "type": "challenge_approved",
                  "subject": "owner",
                  "pseudonym": "17",
                  "factor": "7d0d6ef3-8f6b-4b1e-9a57-3a6a7a1c4a52",
                  "factor_type": "totp",
                  "challenge": "1BGXK_oA4XWEkiO3iSFSsgokU3zXKcb83c2Yt_RyrErQ",
                  "client": "shop-admin-web",
                  "ip": "192.0.2.7",
                  "user_agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
                }
              ],
              "next": "1042.sZ9nE5xkYbJ6q3uWmR0vTg"
            }""";

    static final String LINE = """
            {"sequence":1042,"id":"50211","at":"2026-01-16T07:12:41.305118Z","type":"factor_removed","subject":"owner"}
            """;

    static final String VERIFY = "{}";

    static final String VERIFY_KNOWN = """
            {"known": "1042.3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}""";

    static final String INTACT = """
            {
              "intact": true,
              "first": 1,
              "verified": 1042,
              "head": "1042.3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            }""";

    static final String BROKEN = """
            {
              "intact": false,
              "first": 1,
              "verified": 17,
              "head": "1042.3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
              "broken": {"kind": "changed", "sequence": 18, "event": "49001", "at": "2026-01-11T10:02:11.004210Z"}
            }""";

    private Examples() {}
}
