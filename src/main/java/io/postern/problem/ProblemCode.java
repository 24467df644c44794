package io.postern.problem;

import java.util.Locale;

/**
 * Everything that Postern can answer instead of what was asked. A code never changes its name, status or meaning once it
 * is published; {@code docs/problems.md} is written from this list.
 */
public enum ProblemCode {
    MALFORMED_REQUEST(
            400,
            "The request cannot be read",
            "The body is no JSON, a field is unknown, missing or of the wrong type, or a value breaks a rule; `errors` names the fields.",
            "Mend the request; repeating it will not help."),
    APPLICATION_REQUIRED(
            400,
            "The call does not say whose people it is about",
            "A caller of Postern's own application helps the people of another one, which the query parameter `application` names. Operators are looked after by the calls below `/v1/operators` alone.",
            "Name the application, as in `?application=demo-admin`."),
    UNAUTHORIZED(
            401,
            "The access token is missing or not valid",
            "There is no Bearer token, it has ended, or it is not one of Postern's access tokens.",
            "Get a new access token from `POST /oauth2/token` and repeat the call once."),
    INSUFFICIENT_SCOPE(
            403,
            "The access token lacks the scope of this call",
            "The API client was not given the scope that the call needs.",
            "Use a client that has the scope; the OpenAPI document names it."),
    APPLICATION_SUSPENDED(
            403,
            "The application is suspended",
            "An operator has suspended the application; nothing is verified or changed for it.",
            "Ask the operator of Postern."),
    INVALID_CREDENTIALS(
            401,
            "Name and password, or the secret, are not right",
            "No operator has this name and password, or the one-time secret is unknown, used or past its end. The answer is the same for all of them, and for an operator who is suspended.",
            "Try again; after ten failures each try waits. Who has forgotten the password asks another operator for an invitation."),
    OPERATORS_ONLY(
            403,
            "Only an operator who has signed in may do this",
            "The call is for a person who runs Postern, with the access token of their own sign-in. The access token is that of an API client.",
            "Sign in at `POST /v1/operators/sign-in`."),
    OWN_OPERATOR(
            403,
            "Nobody does this to themselves",
            "Operators do not change their own role, and do not suspend, reset or invite themselves. Nothing was changed.",
            "Ask another operator."),
    HIGHER_ROLE(
            403,
            "The operator's role is too high for this",
            "Only administrators look after operators of a role that is not lower than their own. Nothing was changed.",
            "Ask an administrator of Postern."),
    ENROLLMENT_CLOSED(
            403,
            "The time to enroll a first factor is over",
            "The password is right, but there is no second factor, and a password alone opens nothing. A first factor is enrolled within a day after the password was set with a one-time secret.",
            "Ask another operator for an invitation, and set the password again with it."),
    CONSOLE_ONLY(
            403,
            "Only Postern's own application may do this",
            "Applications are made, suspended and resumed by operators, and by clients of the application `postern-console`.",
            "Use a client of `postern-console`, or sign in as an operator."),
    SCOPE_ESCALATION(
            403,
            "The caller cannot give a scope that it does not hold",
            "The client would hold, or get a secret for, `scopes` that the calling client or its access token lacks.",
            "Use a client that holds all of these scopes."),
    OWN_ACCOUNT(
            403,
            "Nobody at the help desk acts for themselves",
            "The `actor` is the subject that the call is about.",
            "Let somebody else at the help desk do it."),
    OWN_REQUEST(
            403,
            "Somebody else has to approve this",
            "The `actor` is the one who asked for the bypass code.",
            "Let somebody else at the help desk approve it."),
    VERIFICATION_REQUIRED(
            403,
            "This change needs a fresh proof of the second factor",
            "`X-Verification-Token` is missing, not valid for this subject and action, too old, of too low a level, or used.",
            "Make a challenge with purpose `step_up` and the `action` named here, of at least `acr_values`, and repeat the call with its token within `max_age` seconds of the proof."),
    NOT_FOUND(
            404,
            "There is no such thing",
            "The id is unknown, has ended, or belongs to another application; the answer is the same for all three.",
            "Register the subject first, or make a new challenge."),
    METHOD_NOT_ALLOWED(
            405, "The method is not allowed here", "The path knows other methods.", "See the OpenAPI document."),
    NOT_ACCEPTABLE(
            406,
            "No representation fits the Accept header",
            "Postern answers in JSON.",
            "Send `Accept: application/json` or none."),
    CHALLENGE_CLOSED(
            409,
            "The challenge is closed",
            "It was approved, its tries are used up, or the person's factors have changed since it was made.",
            "Make a new challenge."),
    FACTOR_CLOSED(
            409,
            "The pending factor is closed",
            "Its tries are used up, its time is over, or another change of factors has ended it.",
            "Begin the enrollment again."),
    FACTOR_UNAVAILABLE(
            409,
            "The factor cannot be used in this challenge",
            "It is locked, not allowed by the policy, below the level asked for, or cannot be read; the challenge shows it with `available: false`.",
            "Offer another factor of the challenge, or the help desk."),
    FACTOR_NOT_ACTIVE(
            409,
            "The factor is not active",
            "The call is for active factors, this one is still pending.",
            "Activate the factor first."),
    FROZEN(
            409,
            "Nothing can be added to the subject now",
            "Somebody who reads one of the person's mail addresses said that a change of factors was not theirs. Until the help desk has looked into it, nothing is enrolled, activated, renewed or unlocked, the mail address stays, and two-factor stays on; signing in with what is left and removing factors go on.",
            "Tell the person to ask the help desk; repeating the call will not help."),
    TOO_MANY_FACTORS(
            409,
            "The subject has too many factors of this kind",
            "At most 3 may be pending and 10 of a type active.",
            "Finish or remove one first; a pending factor ends by itself after 15 minutes."),
    FACTOR_EXISTS(
            409,
            "The subject has this factor already",
            "The same address or number is active.",
            "Use the factor that is there."),
    SUBJECT_ERASED(
            409,
            "The subject was erased",
            "The id was erased less than 30 days ago and is not registered again by a late or repeated call.",
            "Stop registering the person. If they are to come back, let the help desk readmit the id first."),
    TWO_FACTOR_ON(
            409,
            "The subject has two-factor on already",
            "Factors are imported only for people whose two-factor is off, and these factors are not theirs yet.",
            "Leave the person as they are; who wants another factor adds it with a proof."),
    TWO_FACTOR_OFF(
            409,
            "The subject has two-factor off",
            "There is no second step that a bypass code could stand for.",
            "Let the person sign in with the password alone."),
    LINES_MISSING(
            409,
            "Lines before these are missing",
            "The import has not read as many lines as `after` says; `lines_done` says how many it has.",
            "Go on after `lines_done`."),
    ALREADY_DONE(
            409,
            "The call was answered before, and its answer is not shown again",
            "The answer held recovery codes, a bypass code or the secret of a client.",
            "If recovery codes are lost, make new ones with a proof; if a bypass code is lost, make another, which takes its place; if a secret is lost, delete it and make another."),
    APPLICATION_EXISTS(
            409,
            "There is an application of this id",
            "The id is taken, or reserved for Postern itself.",
            "Choose another id."),
    OPERATOR_EXISTS(
            409,
            "There is an operator of this name",
            "Names of operators are not given again, so that the audit trail stays clear.",
            "Choose another name."),
    BOOTSTRAP_DONE(
            409,
            "There is an operator already",
            "The bootstrap secret makes the first operator and no other.",
            "Sign in, or ask an administrator for an invitation."),
    TOO_MANY_SECRETS(
            409,
            "The client has two secrets already",
            "Two secrets of a client are good at once, so that one can be replaced while both are in use.",
            "Delete the older one, or wait for its end."),
    LAST_ADMIN(
            409,
            "This would take away the last secret with the scope admin",
            "No client of your application could administer it afterwards. Nothing was changed.",
            "Make another client or secret with the scope `admin` first, or say `last_admin=true` if you mean it."),
    OWN_APPLICATION(
            409,
            "Postern's own application cannot be suspended",
            "Nobody could resume it. Nothing was changed.",
            "Delete clients or secrets instead."),
    SENDING_STOPPED(
            409,
            "No message is sent this way now",
            "An operator has stopped the channel, the day's budget of the region is used up, or too few of the codes sent to new numbers of the region came back. Nothing was sent; it may last for hours.",
            "Let the person use another factor, and tell the operator of Postern; repeating the call soon will not help."),
    TOO_MANY_WEBHOOKS(
            409,
            "The application has as many webhooks as it may have",
            "An application has at most 10 webhook endpoints.",
            "Remove one first, or let one endpoint tell several listeners."),
    WEBHOOK_DISABLED(
            409,
            "The webhook is off",
            "An operator switched it off, its receiver answered 410, or it failed for three days; nothing is sent to it.",
            "Switch it on with `PATCH` and `enabled`, then repeat the call."),
    IN_FLIGHT(
            409,
            "A call with this idempotency key is still being worked on",
            "Another call with the same `Idempotency-Key` has not been answered yet.",
            "Wait a moment and repeat the call with the same key."),
    VERSION_CHANGED(
            412,
            "Somebody has changed it since you read it",
            "`If-Match` does not name the current version. Nothing was changed.",
            "Read it again, apply your change to what you read, and repeat the call with the new `ETag`."),
    BODY_TOO_LARGE(413, "The body is too large", "A body has at most 64 KiB.", "Send less."),
    UNSUPPORTED_MEDIA_TYPE(
            415,
            "The body is of the wrong media type",
            "Postern reads JSON, the token endpoint a form.",
            "Send `Content-Type: application/json`."),
    INVALID_CODE(
            422,
            "The code is wrong",
            "The code does not fit, or was used before. `attempts_remaining` tells how many tries are left. With `clock_offset_seconds` it belongs to a time within five minutes of the window: the clock of the authenticator seems to be ahead by so much (behind, where negative), in steps of 30 seconds, or an old code was typed. Such a code is spent. `server_time` is Postern's clock.",
            "Let the person try again while tries remain. With `clock_offset_seconds`, tell them the time and to let the device set its clock itself; from `next_code_at` on its codes are good."),
    KEY_REUSED(
            422,
            "The idempotency key was used for another request",
            "An `Idempotency-Key` belongs to one request and its body for 10 minutes.",
            "Use a new key for a new request."),
    INVALID_ADDRESS(
            422,
            "This is no mail address",
            "The address cannot be written to a mail server; quoted local parts and hosts without a dot are not taken.",
            "Let the person correct it."),
    INVALID_PHONE_NUMBER(
            422,
            "No SMS can go to this number",
            "It is no number, not in international form, or of a kind that is not allowed: only mobile numbers are.",
            "Let the person correct it, with the country's code in front."),
    REGION_NOT_ALLOWED(
            422,
            "No SMS goes to this region",
            "The number belongs to a `region` that the application's policy does not list.",
            "Offer another kind of factor, or let the operator allow the region."),
    URL_NOT_ALLOWED(
            422,
            "No webhook goes to this URL",
            "It is no HTTPS URL, holds credentials, its name is not found, or it leads into a network that the operator has not allowed: private, local and reserved ones are refused.",
            "Use a public HTTPS address, or let the operator allow the network."),
    INVALID_SECRET(
            422,
            "This is no secret of an authenticator app",
            "The secret is no Base32, shorter than 128 bits or longer than 512.",
            "Let the person enroll a new app."),
    TOTP_NOT_SUPPORTED(
            422,
            "The authenticator app makes codes of another kind",
            "Codes have 6 digits, last 30 seconds and come from SHA-1; the factor names other values.",
            "Let the person enroll a new app."),
    FACTOR_NOT_ALLOWED(
            422,
            "The policy does not allow this factor",
            "The application's policy does not list the type; or it is a bypass code, and the policy asks for a higher level at sign-in.",
            "Offer a type that the policy allows; a person for whom a bypass code will not do is reset."),
    VERSION_REQUIRED(
            428,
            "Say which version you mean to replace",
            "The call needs `If-Match`, so that nobody's change is overwritten unseen.",
            "Send `If-Match` with the `ETag` of what you read, or `*` for whatever is there."),
    TOO_MANY_ATTEMPTS(
            429,
            "Too many attempts, wait",
            "After failed tries the subject or client is delayed; nothing was compared, counted or consumed.",
            "Repeat the call after `Retry-After` seconds."),
    TOO_MANY_SENDS(
            429,
            "Too many messages, wait",
            "The factor, the subject, the destination or the source address has had as many messages as it may have for now. Nothing was sent; messages sent before and their codes are as good as they were.",
            "Let the person look for the last message, or use another factor; repeat the call after `Retry-After` seconds at the earliest."),
    INTERNAL_ERROR(
            500,
            "Something broke in Postern",
            "A fault of Postern's own; its log has the cause.",
            "Tell the operator; the call may be repeated."),
    POLICY_INVALID(
            500,
            "The application's policy is not valid",
            "The stored policy breaks a rule, which only a change past this API can bring about. Nothing is decided for the application's people until it is mended; the log names the application, `GET /v1/policy` the faults.",
            "Let nobody in, and tell the operator, who mends it with `PUT /v1/policy`."),
    OVERLOADED(
            503,
            "Too much at once",
            "This copy has as many calls of this kind in work as it allows.",
            "Repeat the call after `Retry-After` seconds."),
    STORE_UNAVAILABLE(
            503,
            "A store is not reachable",
            "Redis or Postgres did not answer in time. Nothing was approved; a try may have been counted and a code spent.",
            "Repeat the call after `Retry-After` seconds; after a verify let the person use the next code.");

    private final int status;
    private final String title;
    private final String meaning;
    private final String remedy;

    ProblemCode(int status, String title, String meaning, String remedy) {
        this.status = status;
        this.title = title;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    /** The name in the {@code code} member, such as {@code invalid_code}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** One sentence, the same for each occurrence (RFC 9457 section 3.1.4). */
    public String title() {
        return title;
    }

    /** What has happened. */
    public String meaning() {
        return meaning;
    }

    /** What the caller can do. */
    public String remedy() {
        return remedy;
    }
}
