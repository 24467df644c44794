package io.postern.factor.sms;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Numbers that an SMS may go to. A region is where a number belongs, not its dialling code: +1 is the code of the United
 * States, of Canada and of twenty other countries.
 */
final class PhoneNumbers {

    /** No premium, toll-free, shared-cost, pager or satellite numbers (RULES E3). North America does not tell the two apart. */
    private static final Set<PhoneNumberType> TYPES =
            EnumSet.of(PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE);

    /** In international form, with what people put between the digits. No extension, no letters. */
    private static final Pattern FORM = Pattern.compile("\\+[0-9][0-9 ().-]{5,30}");

    private final PhoneNumberUtil util = PhoneNumberUtil.getInstance();

    record Mobile(String e164, String region) {}

    /** Empty when the text is no number that an SMS may go to. */
    Optional<Mobile> parse(String text) {
        if (!FORM.matcher(text.strip()).matches()) {
            return Optional.empty();
        }
        try {
            var number = util.parse(text.strip(), null);
            return util.isValidNumber(number) && TYPES.contains(util.getNumberType(number))
                    ? Optional.of(new Mobile(
                            util.format(number, PhoneNumberFormat.E164), util.getRegionCodeForNumber(number)))
                    : Optional.empty();
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }

    /** The last two digits. */
    static String masked(String e164) {
        return "+" + "•".repeat(e164.length() - 3) + e164.substring(e164.length() - 2);
    }
}
