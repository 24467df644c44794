package io.postern.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a receiver computes, after the text of Standard Webhooks 1.0 and not after the service's code. */
final class Signatures {

    private Signatures() {}

    /** The signatures of a call. */
    static List<String> of(Receiver.Call call) {
        return List.of(call.header("webhook-signature").split(" ", -1));
    }

    /** The one that a secret makes. */
    static String expected(String secret, Receiver.Call call) {
        var key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
        var signed = call.header("webhook-id") + "." + call.header("webhook-timestamp") + "." + call.body();
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
