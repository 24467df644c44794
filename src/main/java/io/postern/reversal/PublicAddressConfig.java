package io.postern.reversal;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Where people's browsers reach Postern. */
@ConfigMapping(prefix = "postern")
interface PublicAddressConfig {

    /** The address before the paths of Postern's own pages, where it is not that of {@code postern.issuer}. */
    Optional<String> publicUrl();
}
