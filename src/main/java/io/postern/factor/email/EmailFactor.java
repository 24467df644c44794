package io.postern.factor.email;

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

/** A mailbox that codes are sent to. Whoever reads the mailbox has it, so it is no second factor (RULES A1, A2). */
@Singleton
final class EmailFactor implements Factor {

    @Override
    public FactorType type() {
        return FactorType.EMAIL;
    }

    @Override
    public Draft begin(Enrollee enrollee, FactorRules rules) {
        var address = Optional.ofNullable(enrollee.destination())
                .flatMap(MailAddress::parse)
                .orElseThrow(() -> Problem.of(ProblemCode.INVALID_ADDRESS));
        return new Draft(address.toString().getBytes(StandardCharsets.UTF_8), null);
    }

    @Override
    public Draft adopt(Adoption known, FactorRules rules) {
        return begin(new Enrollee("", "", known.destination()), rules);
    }

    @Override
    public byte[] material(Stored stored, FactorRules rules) {
        return stored.secret();
    }

    @Override
    public Verdict check(Answer answer, Instant now) {
        return answer.wasSent() ? Verdict.Match.ofSentCode() : new Verdict.Mismatch();
    }

    @Override
    public Optional<Destination> destination(byte[] secret) {
        var address = new String(secret, StandardCharsets.UTF_8);
        return Optional.of(new Destination(Channel.EMAIL, address, MailAddress.masked(address), Optional.empty()));
    }
}
