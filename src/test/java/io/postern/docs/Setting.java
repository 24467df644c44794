package io.postern.docs;

import io.smallrye.config.common.utils.StringUtil;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One setting of the service.
 *
 * @param property its name, {@code [n]} standing for an index
 * @param type what its value is, for people
 * @param otherwise its value where it is not set; null when it must be set
 * @param meaning Markdown on one line
 */
record Setting(String property, String type, @Nullable String otherwise, String meaning) {

    /** The environment variable of the setting, for the first element where it has an index. */
    String variable() {
        return StringUtil.replaceNonAlphanumericByUnderscores(property.replace("[n]", "[0]"))
                .toUpperCase(Locale.ROOT);
    }
}
