package io.postern.docs;

import io.postern.problem.ProblemCode;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/problems.md} is written from {@link ProblemCode}. */
final class ProblemsPageTest {

    private static final String HEAD = """
            # Problems

            What Postern answers instead of what was asked: `application/problem+json` after RFC 9457, with a `code` that never
            changes its name, status or meaning once it is published. Decide by `code`, show people words of your own, and
            treat a code that you do not know as its status says.

            ```json
            {"type":"urn:postern:problem:invalid_code","title":"The code is wrong","status":422,"code":"invalid_code","attempts_remaining":4}
            ```

            Further members: `errors` (a list of `field` and `message`) with `malformed_request`; `attempts_remaining` with
            `invalid_code`, and where a clock is off `clock_offset_seconds`, `server_time` and `next_code_at`; `action`, `acr_values` and `max_age` (seconds) with `verification_required`. The header
            `Retry-After` (seconds) comes with every 429 and 503 and with `in_flight`.

            The token endpoint answers in the form of RFC 6749 section 5.2 instead: `{"error":"invalid_client"}`.

            This page is written from `ProblemCode` by `ProblemsPageTest`.

            | code | status | what has happened | what to do |
            |---|---|---|---|
            """;

    @Test
    void pageListsEveryCode() {
        var rows = Arrays.stream(ProblemCode.values())
                .map(code -> "| `%s` | %d | **%s.** %s | %s |\n"
                        .formatted(code.code(), code.status(), code.title(), code.meaning(), code.remedy()))
                .collect(Collectors.joining());
        Page.of("docs/problems.md").mustRead(HEAD + rows);
    }
}
