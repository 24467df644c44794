package io.postern.harness;

import io.postern.embedded.Await;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * A subject of its own for one test, with a factor whose codes are sent. Reads them where they arrive. Sends as often as a
 * test likes: what was sent before is moved out of the windows of the limits, as if a day had passed.
 */
public final class Correspondent {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Pattern CODE = Pattern.compile("\\b[0-9]{6}\\b");
    private static final AtomicInteger NUMBERS = new AtomicInteger(2_000_000 + (int) (System.nanoTime() % 5_000_000));

    private final Postern postern;
    private final Api api;
    private final String subject;
    private final String destination;
    private final String factor;

    private Correspondent(Postern postern, Api api, String subject, String destination, String factor) {
        this.postern = postern;
        this.api = api;
        this.subject = subject;
        this.destination = destination;
        this.factor = factor;
    }

    /** With an active mail address as the only factor. */
    public static Correspondent byMail(Postern postern, Api api) {
        return enroll(postern, api, "email", newAddress());
    }

    /** With an active number as the only factor. */
    public static Correspondent bySms(Postern postern, Api api) {
        return enroll(postern, api, "sms", newNumber());
    }

    /** An address that nothing was sent to yet. */
    public static String newAddress() {
        return "person-" + UUID.randomUUID() + "@example.com";
    }

    /** A number of the United States that nothing was sent to yet. */
    public static String newNumber() {
        return "+1415" + NUMBERS.incrementAndGet();
    }

    private static Correspondent enroll(Postern postern, Api api, String type, String destination) {
        var subject = "correspondent-" + UUID.randomUUID();
        var path = "/v1/subjects/" + subject;
        api.put(path, Map.of("email", newAddress())).expect(201);
        var pending = begin(api, path, type, destination).expect(201);
        var person = new Correspondent(postern, api, subject, destination, pending.text("id"));
        var code = person.codes(1).getFirst();
        api.post(path + "/factors/" + person.factor + "/activate", Map.of("code", code))
                .expect(200);
        return person;
    }

    /** Asks to enroll an address or a number. */
    public static Answer begin(Api api, String subjectPath, String type, String destination) {
        var field = type.equals("email") ? "address" : "phone_number";
        return api.post(subjectPath + "/factors", Map.of("type", type, field, destination));
    }

    public String subject() {
        return subject;
    }

    public String path() {
        return "/v1/subjects/" + subject;
    }

    public String factor() {
        return factor;
    }

    public String destination() {
        return destination;
    }

    /** A new challenge of the purpose sign-in; its id. */
    public String challenge() {
        return challenge(Map.of("purpose", "sign_in")).expect(201).text("id");
    }

    public Answer challenge(Map<String, ?> members) {
        var body = new HashMap<String, Object>(members);
        body.put("subject", subject);
        return api.post("/v1/challenges", body);
    }

    /** Asks for a code; nothing stands in its way. */
    public Answer send(String challenge) {
        nothingWasSent(challenge);
        return sendAgain(challenge);
    }

    /** Asks for a code, whatever was sent before. */
    public Answer sendAgain(String challenge) {
        return api.post("/v1/challenges/" + challenge + "/send", Map.of("factor", factor));
    }

    /** As if a day had passed since anything was sent to the person. */
    public void nothingWasSent(String challenge) {
        postern.redis().command("DEL", "postern:{" + challenge.substring(0, 22) + "}:sends");
    }

    /** As if a day had passed since anything was sent to anybody. */
    public static void nothingWasSent(Postern postern) {
        postern.redis()
                .command(
                        "EVAL",
                        "for _, key in ipairs(redis.call('KEYS', 'postern:*:sends')) do redis.call('DEL', key) end",
                        "0");
    }

    /** Sends one and reads it. */
    public String code(String challenge) {
        int before = messages().size();
        send(challenge).expect(202);
        return codes(before + 1).getLast();
    }

    /** The codes of all messages so far, oldest first, once there are so many. */
    public List<String> codes(int count) {
        return codes(postern, destination, count);
    }

    /** What has arrived with a code so far. */
    public List<String> messages() {
        return messages(postern, destination);
    }

    /** The codes of all messages to a destination so far, oldest first, once there are so many. */
    public static List<String> codes(Postern postern, String destination, int count) {
        Await.until(
                SOON, count + " messages", () -> messages(postern, destination).size() >= count);
        return messages(postern, destination).stream().map(Correspondent::read).toList();
    }

    private static List<String> messages(Postern postern, String destination) {
        return destination.startsWith("+")
                ? postern.sms().messagesTo(destination).stream()
                        .map(sms -> sms.text())
                        .toList()
                : postern.mail().mailsTo(destination).stream()
                        .filter(mail -> CODE.matcher(mail.text()).find())
                        .map(mail -> mail.text())
                        .toList();
    }

    public Answer verify(String challenge, String code) {
        return verify(api, challenge, code);
    }

    public Answer verify(Api through, String challenge, String code) {
        return through.post("/v1/challenges/" + challenge + "/verify", Map.of("factor", factor, "code", code));
    }

    /** A fresh proof for a change. */
    public String proof(String action) {
        var challenge = challenge(Map.of("purpose", "step_up", "action", action))
                .expect(201)
                .text("id");
        return verify(challenge, code(challenge)).expect(200).text("verification_token");
    }

    /** A code that is not the right one. */
    public static String wrong(String right) {
        return right.substring(0, 5) + (char) ('0' + (right.charAt(5) - '0' + 1) % 10);
    }

    private static String read(String text) {
        var matcher = CODE.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("No code in: " + text);
        }
        return matcher.group();
    }
}
