package io.postern.enrollment;

import io.postern.crypto.SecretBox;
import io.postern.crypto.UndecryptableException;
import io.postern.factor.Destination;
import io.postern.factor.FactorSecret;
import io.postern.factor.Factors;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Shows factors; an address or number is masked. */
@Singleton
class FactorViews {

    private final Factors factors;
    private final SecretBox box;

    FactorViews(Factors factors, SecretBox box) {
        this.factors = factors;
        this.box = box;
    }

    FactorView of(EnrolledFactor factor) {
        return FactorView.of(
                factor, destination(factor).map(Destination::masked).orElse(null));
    }

    List<FactorView> of(List<EnrolledFactor> factors) {
        return factors.stream().map(this::of).toList();
    }

    /** Empty where no codes are sent, or the secret cannot be read: the factor is then shown without. */
    Optional<Destination> destination(EnrolledFactor factor) {
        var type = factor.type();
        if (type.channel().isEmpty()) {
            return Optional.empty();
        }
        try {
            return factors.of(type).destination(box.open(factor.sealed(), FactorSecret.place(factor.id)));
        } catch (UndecryptableException e) {
            return Optional.empty();
        }
    }
}
