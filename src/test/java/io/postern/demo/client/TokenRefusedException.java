package io.postern.demo.client;

/** A verification token that is not believed; the message says which check failed and holds nothing of the token. */
public final class TokenRefusedException extends Exception {
    TokenRefusedException(String why) {
        super(why);
    }
}
