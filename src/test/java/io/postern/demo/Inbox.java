package io.postern.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.postern.demo.page.InboxPage;
import io.postern.demo.page.Letter;
import io.postern.demo.page.Notice;
import io.postern.demo.page.ProviderMood;
import io.postern.demo.web.Response;
import io.postern.embedded.MailServer;
import io.postern.embedded.PretendSms;
import io.postern.embedded.PretendSms.Manner;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Everybody's mailbox and phone during the try-out: what the mail server and the pretend SMS provider took. No product has
 * such a page.
 */
public final class Inbox {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LATE = Duration.ofSeconds(4);

    private final Optional<MailServer> mail;
    private final Optional<PretendSms> sms;
    private final AtomicReference<ProviderMood> mood = new AtomicReference<>(ProviderMood.TAKES);

    private Inbox(Optional<MailServer> mail, Optional<PretendSms> sms) {
        this.mail = mail;
        this.sms = sms;
    }

    /** An inbox that stays empty. */
    public static Inbox none() {
        return new Inbox(Optional.empty(), Optional.empty());
    }

    public static Inbox of(MailServer mail, PretendSms sms) {
        return new Inbox(Optional.of(mail), Optional.of(sms));
    }

    Response show(Visit visit) {
        return Response.page(200, InboxPage.html(visit.frame(), newestFirst(), sms.map(provider -> mood.get())));
    }

    /** The same as JSON. */
    Response json() {
        try {
            return Response.json(JSON.writeValueAsString(
                    newestFirst().stream().map(Letter::members).toList()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts and times are always JSON", e);
        }
    }

    /** Makes the pretend SMS provider behave so from now on. */
    Response treat(Visit visit) {
        Optional<ProviderMood> wanted = ProviderMood.of(visit.request().form("mood"));
        sms.ifPresent(provider -> wanted.ifPresent(next -> treat(provider, next)));
        visit.session().ifPresent(session -> session.leave(Notice.done("The SMS provider behaves so from now on.")));
        return Response.seeOther("/inbox");
    }

    private void treat(PretendSms provider, ProviderMood next) {
        switch (next) {
            case TAKES -> provider.now(Manner.TAKES);
            case FAILS -> provider.now(Manner.FAILS);
            case REFUSES -> provider.now(Manner.REFUSES);
            case HANGS -> provider.now(Manner.HANGS);
            case ANSWERS_LATE -> provider.answerAfter(LATE);
        }
        mood.set(next);
    }

    private List<Letter> newestFirst() {
        Stream<Letter> mails = mail.stream()
                .flatMap(server -> server.mails().stream())
                .map(taken -> new Letter(
                        "email",
                        taken.to(),
                        Optional.of(taken.subject()),
                        taken.text().strip(),
                        taken.at()));
        Stream<Letter> texts = sms.stream()
                .flatMap(provider -> provider.messages().stream())
                .map(taken -> new Letter("sms", taken.to(), Optional.empty(), taken.text(), taken.at()));
        return Stream.concat(mails, texts)
                .sorted(Comparator.comparing(Letter::at).reversed())
                .toList();
    }
}
