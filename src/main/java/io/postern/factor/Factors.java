package io.postern.factor;

import io.quarkus.arc.All;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Finds a type's factor. The service does not start unless each type has exactly one. */
@Singleton
@Startup
public final class Factors {

    private final Map<FactorType, Factor> byType = new EnumMap<>(FactorType.class);

    public Factors(@All List<Factor> factors) {
        for (var factor : factors) {
            if (byType.put(factor.type(), factor) != null) {
                throw new IllegalStateException("Two factors of type " + factor.type());
            }
        }
        for (var type : FactorType.values()) {
            if (!byType.containsKey(type)) {
                throw new IllegalStateException("No factor of type " + type);
            }
        }
    }

    public Factor of(FactorType type) {
        var factor = byType.get(type);
        if (factor == null) {
            throw new IllegalStateException("No factor of type " + type);
        }
        return factor;
    }
}
