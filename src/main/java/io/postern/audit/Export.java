package io.postern.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Everything that a search finds, as one JSON object a line (NDJSON). It is read while it is written, a bounded number of rows
 * at a time, and holds no connection to Postgres while the caller is slow. A failure on the way breaks the answer off.
 */
final class Export implements StreamingOutput {

    static final String MEDIA_TYPE = "application/x-ndjson";

    private static final int ROWS = 1_000;
    private static final byte[] NEWLINE = "\n".getBytes(StandardCharsets.US_ASCII);

    private final Slices slices;
    private final Slices.Begun begun;
    private final long start;
    private final ObjectWriter json;

    Export(Slices slices, Slices.Begun begun, long start, ObjectMapper json) {
        this.slices = slices;
        this.begun = begun;
        this.start = start;
        this.json = json.writerFor(EventView.class);
    }

    @Override
    public void write(OutputStream output) throws IOException {
        long position = start;
        while (!begun.isEnd(position)) {
            var slice = slices.read(begun, position, ROWS);
            for (var event : slice.events()) {
                output.write(json.writeValueAsBytes(event));
                output.write(NEWLINE);
            }
            position = slice.position();
        }
    }
}
