package io.postern.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.postern.crypto.Place;
import io.postern.crypto.SecretBox;
import io.postern.crypto.UndecryptableException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.UUID;

/** Seals messages for the places where they wait (RULES H4). A newer copy may have added members: an older one leaves them. */
@Singleton
final class Envelope {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final SecretBox box;

    Envelope(SecretBox box) {
        this.box = box;
    }

    /** For the queue. */
    static Place queue(UUID id) {
        return new Place("delivery", "message", id.toString());
    }

    /** For the row of an outbox. */
    static Place outbox(UUID id) {
        return new Place("outbox", "sealed", id.toString());
    }

    byte[] seal(Message message, Place place) {
        try {
            return box.sealWhole(JSON.writeValueAsBytes(message), place);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A message cannot be written", e);
        }
    }

    /**
     * Opens what {@link #seal} made.
     *
     * @throws UndecryptableException when the key is gone, or it was changed or moved
     * @throws IllegalArgumentException when what is in it is no message; says nothing of it
     */
    Message open(byte[] sealed, Place place) {
        try {
            return JSON.readValue(box.openWhole(sealed, place), Message.class);
        } catch (IOException e) {
            throw new IllegalArgumentException("A sealed text is no message"); // the cause quotes it
        }
    }
}
