package io.postern.reversal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The look of the pages, and the policy that allows this style sheet and nothing else (CSP level 3). */
final class Style {

    static final String CSS = """
            :root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--line:#6e7781;--danger:#b3261e}
            @media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--paper:#0d1117;--line:#8b949e;--danger:#b3261e}}
            *{box-sizing:border-box}
            body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.55 system-ui,sans-serif}
            main{max-width:36rem;margin:0 auto;padding:2rem 1.25rem;overflow-wrap:anywhere}
            h1{font-size:1.6rem;line-height:1.25;margin:0 0 1rem}
            h2{font-size:1.125rem;margin:1.5rem 0 .5rem}
            ul{padding-left:1.25rem;margin:.5rem 0}
            .what{font-weight:600}
            button{margin-top:1.25rem;min-height:2.75rem;padding:.6rem 1.25rem;border:0;border-radius:.4rem;background:var(--danger);color:#fff;font:inherit;font-weight:600;cursor:pointer}
            button:focus-visible{outline:3px solid var(--line);outline-offset:3px}
            """;

    static final String POLICY = "default-src 'none'; style-src 'sha256-" + digest(CSS)
            + "'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private Style() {}

    private static String digest(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not to be had", e);
        }
    }
}
