package io.postern.delivery;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.harness.ExtraCopies;
import io.postern.harness.Postern;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings with which messages would be sent twice, or by nobody. */
final class DeliverySettingsIT {

    @ParameterizedTest
    @CsvSource({"0, 10s, 30s", "8, 1900ms, 30s", "8, 10s, 19s"})
    void copyDoesNotStartWithTimesThatDoNotFit(String workers, String longestTry, String takeover) {
        try (var copies = ExtraCopies.beside(Postern.shared())) {
            var refused = assertThrows(
                    IllegalStateException.class,
                    () -> copies.start(Map.of(
                            "POSTERN_DELIVERY_WORKERS", workers,
                            "POSTERN_DELIVERY_LONGEST_TRY", longestTry,
                            "POSTERN_DELIVERY_TAKEOVER", takeover)));
            assertTrue(String.valueOf(refused.getMessage()).contains("postern.delivery needs"), refused::getMessage);
        }
    }
}
