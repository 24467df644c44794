package io.postern.input;

import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads bodies to their end before anyone looks at them. One that breaks off is the caller's fault and not ours, and JSON
 * is UTF-8 (RFC 8259 section 8.1): the parser alone would also take UTF-16 and overlong forms, so that two spellings met in
 * one id (RULES B3).
 */
@Provider
public final class BodyReader implements ReaderInterceptor {

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        var body = read(context);
        if (MediaType.APPLICATION_JSON_TYPE.isCompatible(context.getMediaType())) {
            requireUtf8(body);
        }
        context.setInputStream(new ByteArrayInputStream(body));
        return context.proceed();
    }

    private static byte[] read(ReaderInterceptorContext context) {
        try {
            return context.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw Problem.of(ProblemCode.MALFORMED_REQUEST);
        }
    }

    private static void requireUtf8(byte[] body) {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            // UTF-16 of ASCII is UTF-8 too, with a NUL beside each character; JSON has none.
            if (text.chars().anyMatch(character -> character == 0)) {
                throw Problem.of(ProblemCode.MALFORMED_REQUEST);
            }
        } catch (CharacterCodingException e) {
            throw Problem.of(ProblemCode.MALFORMED_REQUEST);
        }
    }
}
