package io.postern.importing;

/** Requests and answers as the OpenAPI document shows them. */
final class Examples {

    static final String NEW = """
            {"actor": "ops-3", "reason": "Move from the old login"}""";

    static final String BEGUN = """
            {
              "id": "0b7e1f1c-52a5-4b0f-9c57-0d4c2f6b1f83",
              "tell_people": false,
              "lines_done": 0,
              "imported": 0,
              "already_there": 0,
              "refused": 0,
              "created_at": "2026-01-15T09:30:00.120Z",
              "updated_at": "2026-01-15T09:30:00.120Z"
            }""";

    static final String STATE = """
            {
              "id": "0b7e1f1c-52a5-4b0f-9c57-0d4c2f6b1f83",
              "tell_people": false,
              "lines_done": 3,
              "imported": 2,
              "already_there": 0,
              "refused": 1,
              "created_at": "2026-01-15T09:30:00.120Z",
              "updated_at": "2026-01-15T09:30:07.404Z"
            }""";

    static final String LINES = """
            {"subject":"1001","email":"ann@example.com","locale":"en","factors":[{"type":"totp","secret":"JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP","label":"Phone"}]}
            {"subject":"1002","factors":[{"type":"sms","phone_number":"+14155550123","verified_at":"2025-11-02T10:00:00Z"},{"type":"email","address":"bob@example.com"}]}
            {"subject":"1003","factors":[{"type":"totp","secret":"JBSWY3DPEHPK3PXP"}]}
            """;

    static final String REPORT = """
            {"line":1,"outcome":"imported"}
            {"line":2,"outcome":"imported"}
            {"line":3,"outcome":"refused","code":"invalid_secret","factor":0}
            """;

    private Examples() {}
}
