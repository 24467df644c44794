package io.postern.demo;

import io.postern.demo.client.Factor;
import io.postern.demo.client.PosternClient;
import io.postern.demo.client.ProblemException;
import io.postern.demo.client.SentCode;
import io.postern.demo.client.SentCode.Delivery;
import io.postern.demo.client.UnavailableException;
import io.postern.demo.page.CodePrompt;
import io.postern.demo.page.FactorKind;
import io.postern.demo.page.SendNote;
import io.postern.demo.web.Response;
import java.lang.System.Logger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;

/**
 * Sends the codes of a challenge: one when the person comes to a factor, others when they ask. Both happen at a POST and
 * never when a page is merely shown, so that no reload and no link of somebody else sends anything.
 */
final class CodeSends {
    private static final Logger LOG = System.getLogger(CodeSends.class.getName());

    /** The key of the one code that goes out when a factor is come to; Postern binds it to the challenge. */
    private static final String FIRST = "first-";

    private final PosternClient postern;
    private final Sessions sessions;
    private final Clock clock;

    CodeSends(PosternClient postern, Sessions sessions, Clock clock) {
        this.postern = postern;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** The person comes to a factor. Where its codes are sent, one goes out, unless one did so before. */
    void open(OpenChallenge challenge, Factor factor) {
        FactorKind.of(factor)
                .filter(kind ->
                        kind.isSent() && challenge.sends().of(factor.id()).equals(Sends.State.NONE))
                .ifPresent(kind -> send(challenge, factor, kind, FIRST + factor.id()));
    }

    /** Another way was chosen. */
    Response choose(Visit visit, String path, OpenChallenge challenge) {
        Optional<Factor> factor = challenge.choice(visit.request().form("factor"));
        factor.ifPresent(chosen -> open(challenge, chosen));
        return Response.seeOther(address(path, factor));
    }

    /** Another code was asked for. The form carries what makes it good for one, however often it is sent. */
    Response again(Visit visit, String path, OpenChallenge challenge) {
        Optional<Factor> factor = challenge.choice(visit.request().form("factor"));
        Optional<FactorKind> kind = factor.flatMap(FactorKind::of).filter(FactorKind::isSent);
        String once = visit.request().form("once");
        if (factor.isPresent() && kind.isPresent() && Sessions.isId(once)) {
            send(challenge, factor.get(), kind.get(), once);
        }
        return Response.seeOther(address(path, factor));
    }

    private void send(OpenChallenge challenge, Factor factor, FactorKind kind, String once) {
        Sends sends = challenge.sends();
        try {
            SentCode sent =
                    postern.send(challenge.pending().id(), challenge.asked().subject(), factor.id(), once);
            sends.put(factor.id(), Sends.State.of(sent));
        } catch (ProblemException e) {
            LOG.log(Logger.Level.INFO, "A code was not sent: {0}", e.getMessage());
            if (!e.code().equals("in_flight")) {
                SendRefusal why = SendRefusal.of(e, kind).orElse(SendRefusal.UNKNOWN);
                sends.put(factor.id(), sends.of(factor.id()).refused(why, clock.instant()));
            }
        } catch (UnavailableException e) {
            LOG.log(Logger.Level.WARNING, "Nobody can tell whether a code was sent: {0}", e.getMessage());
            sends.put(factor.id(), sends.of(factor.id()).refused(SendRefusal.UNKNOWN, clock.instant()));
        }
    }

    /** How far a code is, for the script of the page. */
    Response delivery(Visit visit, OpenChallenge challenge) {
        Optional<Factor> factor = visit.request().query("factor").flatMap(challenge::choice);
        factor.ifPresent(chosen -> look(challenge, chosen));
        return factor.flatMap(chosen -> FactorKind.of(chosen)
                        .flatMap(kind ->
                                challenge.sends().of(chosen.id()).sent().map(sent -> news(kind, sent.delivery()))))
                .orElseGet(() -> Response.json("{\"final\":true}"));
    }

    /** What the script of a page takes: the new sentence, and whether there will be another. */
    static Response news(FactorKind kind, Delivery delivery) {
        return Response.json(
                "{\"sentence\":\"%s\",\"final\":%b}".formatted(SendNote.sentence(kind, delivery), delivery.isFinal()));
    }

    private void look(OpenChallenge challenge, Factor factor) {
        Sends sends = challenge.sends();
        if (!sends.of(factor.id()).isOpen()) {
            return;
        }
        try {
            postern.factorsOf(challenge.pending().id()).stream()
                    .filter(now -> now.id().equals(factor.id()))
                    .findFirst()
                    .flatMap(Factor::sent)
                    .ifPresent(
                            sent -> sends.put(factor.id(), sends.of(factor.id()).now(sent)));
        } catch (ProblemException | UnavailableException e) {
            // What was known before is shown; the next look may tell more.
            LOG.log(Logger.Level.DEBUG, "The delivery of a code is not known: {0}", e.getMessage());
        }
    }

    /** What a page asks for: the factor that is named, or the one that comes first. */
    CodePrompt prompt(String path, OpenChallenge challenge, Optional<String> wanted, Optional<String> error) {
        Optional<Factor> chosen = wanted.flatMap(challenge::choice).or(challenge::first);
        chosen.ifPresent(factor -> look(challenge, factor));
        return new CodePrompt(
                path,
                challenge.choices(),
                chosen,
                chosen.flatMap(factor -> note(path, challenge, factor)),
                challenge.pending().expiresAt(),
                error);
    }

    private Optional<SendNote> note(String path, OpenChallenge challenge, Factor factor) {
        return FactorKind.of(factor)
                .filter(FactorKind::isSent)
                .map(kind -> note(
                        kind,
                        factor.destination(),
                        challenge.sends().of(factor.id()),
                        address(path + "/delivery", Optional.of(factor))));
    }

    /**
     * What a page says of a code that was asked for.
     *
     * @param watched where its script asks for news
     */
    SendNote note(FactorKind kind, Optional<String> destination, Sends.State state, String watched) {
        return new SendNote(
                kind,
                destination.orElse("you"),
                state.sent().map(SentCode::delivery),
                state.refusal(clock.instant()),
                state.pause(clock.instant()),
                sessions.newId(),
                watched);
    }

    private static String address(String path, Optional<Factor> factor) {
        return factor.map(chosen -> path + "?factor=" + URLEncoder.encode(chosen.id(), StandardCharsets.UTF_8))
                .orElse(path);
    }
}
