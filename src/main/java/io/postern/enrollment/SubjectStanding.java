package io.postern.enrollment;

import io.postern.subject.Preferences;
import io.postern.subject.SubjectRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How things stand with a person, for the help desk: nothing secret, addresses and numbers masked.
 *
 * @param record for calls within the service; not to be shown
 * @param email masked; null where none is registered
 * @param on whether two-factor is (RULES B2)
 * @param factors active and pending ones, the default first, and then suspended ones
 * @param recoveryCodesLeft null where there are none
 * @param recoveryCodesConfirmed whether the person showed that they kept them; null where there are none
 */
public record SubjectStanding(
        SubjectRecord record,
        @Nullable String email,
        boolean on,
        List<FactorStanding> factors,
        Preferences preferences,
        @Nullable Integer recoveryCodesLeft,
        @Nullable Boolean recoveryCodesConfirmed) {

    /** Tells nothing of the person. */
    @Override
    public String toString() {
        return "SubjectStanding[…]";
    }
}
