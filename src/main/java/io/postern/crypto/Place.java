package io.postern.crypto;

import java.nio.charset.StandardCharsets;

/** Where a sealed secret lies. It is bound to its place, so that a row cannot be given another row's secret (RULES H4). */
public record Place(String table, String column, String row) {

    byte[] associatedData() {
        return (table + '\n' + column + '\n' + row).getBytes(StandardCharsets.UTF_8);
    }
}
