package io.postern.factor.sms;

import io.postern.delivery.Channel;
import io.postern.factor.Adoption;
import io.postern.factor.Answer;
import io.postern.factor.Destination;
import io.postern.factor.Draft;
import io.postern.factor.Enrollee;
import io.postern.factor.Factor;
import io.postern.factor.FactorRules;
import io.postern.factor.FactorType;
import io.postern.factor.Stored;
import io.postern.factor.Verdict;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A phone that codes are sent to by SMS, in the regions that the policy allows (RULES E3). */
@Singleton
final class SmsFactor implements Factor {

    private final PhoneNumbers numbers = new PhoneNumbers();

    @Override
    public FactorType type() {
        return FactorType.SMS;
    }

    @Override
    public Draft begin(Enrollee enrollee, FactorRules rules) {
        var number = Optional.ofNullable(enrollee.destination())
                .flatMap(numbers::parse)
                .orElseThrow(() -> Problem.of(ProblemCode.INVALID_PHONE_NUMBER));
        if (!rules.smsRegions().contains(number.region())) {
            throw Problem.of(ProblemCode.REGION_NOT_ALLOWED).with("region", number.region());
        }
        return new Draft(number.e164().getBytes(StandardCharsets.UTF_8), null);
    }

    @Override
    public Draft adopt(Adoption known, FactorRules rules) {
        return begin(new Enrollee("", "", known.destination()), rules);
    }

    /** A number of a region that is no longer allowed is kept and gets no messages. */
    @Override
    public byte @Nullable [] material(Stored stored, FactorRules rules) {
        return numbers.parse(e164(stored.secret()))
                .filter(number -> rules.smsRegions().contains(number.region()))
                .map(number -> stored.secret())
                .orElse(null);
    }

    @Override
    public Verdict check(Answer answer, Instant now) {
        return answer.wasSent() ? Verdict.Match.ofSentCode() : new Verdict.Mismatch();
    }

    @Override
    public Optional<Destination> destination(byte[] secret) {
        var number = e164(secret);
        var region = numbers.parse(number).map(PhoneNumbers.Mobile::region);
        return Optional.of(new Destination(Channel.SMS, number, PhoneNumbers.masked(number), region));
    }

    private static String e164(byte[] secret) {
        return new String(secret, StandardCharsets.UTF_8);
    }
}
