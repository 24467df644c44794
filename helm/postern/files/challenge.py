"""What `helm test` runs: one person's way with an authenticator app, over the REST API.

A client gets an access token, registers a person, enrolls an app, passes a sign-in with a code of it, is refused the same
code, and turns two-factor off again. Ends with 0 when every answer was the right one, else with a sentence. It sends nothing to
anybody, and leaves a subject without factors behind. The standard library is all that it needs.
"""

import base64
import hashlib
import hmac
import json
import os
import secrets
import struct
import sys
import time
import urllib.error
import urllib.request

URL = os.environ["POSTERN_URL"].rstrip("/")
STEP = 30  # seconds of a TOTP step (RFC 6238)


def call(method, path, body=None, expect=200, **headers):
    """Makes a call and gives its answer; any other status than the expected one ends the test."""
    data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    named.setdefault("Content-Type", "application/json")
    request = urllib.request.Request(URL + path, data=data, method=method, headers=named)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            status, text = answer.status, answer.read()
    except urllib.error.HTTPError as refusal:
        status, text = refusal.code, refusal.read()
    if status != expect:
        # A problem (RFC 9457) holds no secret; any other answer may.
        code = json.loads(text).get("code") if status >= 400 and text.startswith(b"{") else None
        sys.exit(f"{method} {path} answered {status} {code or ''}, not {expect}")
    return json.loads(text) if text else {}


def totp(secret, step):
    """The code of that step (RFC 6238: SHA-1, 6 digits)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mac = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    at = mac[-1] & 15
    return f"{(int.from_bytes(mac[at:at + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"


def claims(token):
    """What a verification token says. Whoever lets people in by one checks its signature first."""
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def main():
    client, secret = os.environ["POSTERN_CLIENT"], os.environ["POSTERN_CLIENT_SECRET"]
    basic = base64.b64encode(f"{client}:{secret}".encode()).decode()
    form = "application/x-www-form-urlencoded"
    granted = call("POST", "/oauth2/token", b"grant_type=client_credentials",
                   Authorization="Basic " + basic, Content_Type=form)
    bearer = {"Authorization": "Bearer " + granted["access_token"]}

    subject = f"helm-test-{secrets.token_hex(8)}"
    person = f"/v1/subjects/{subject}"
    call("PUT", person, {"display_name": "Helm test"}, expect=201, **bearer)
    asked = call("POST", "/v1/challenges", {"subject": subject, "purpose": "sign_in"}, **bearer)
    if asked["status"] not in ("not_enrolled", "enrollment_required"):
        sys.exit(f"a new person's challenge is {asked['status']}")

    pending = call("POST", person + "/factors", {"type": "totp", "label": "Helm test"}, expect=201, **bearer)
    factor = pending["id"]
    # Three codes are needed and each is good once: those of the step before, of this one and of the next, which are all good
    # for as long as the step is the same. So wait for the next step where this one is nearly over.
    if STEP - time.time() % STEP < 10:
        time.sleep(STEP - time.time() % STEP)
    step = int(time.time()) // STEP
    code = {turn: totp(pending["secret"], step + turn) for turn in (-1, 0, 1)}
    call("POST", f"{person}/factors/{factor}/activate", {"code": code[-1]}, **bearer)

    nonce = secrets.token_hex(16)
    asked = {"subject": subject, "purpose": "sign_in", "nonce": nonce}
    challenge = call("POST", "/v1/challenges", asked, expect=201, **bearer)["id"]
    answer = {"factor": factor, "code": code[0]}
    approved = call("POST", f"/v1/challenges/{challenge}/verify", answer, **bearer)
    said = claims(approved["verification_token"])
    expected = {"sub": subject, "challenge": challenge, "nonce": nonce, "purpose": "sign_in",
                "iss": os.environ["POSTERN_EXPECTED_ISSUER"]}
    for claim, value in expected.items():
        if said.get(claim) != value:
            sys.exit(f"the verification token's {claim} is {said.get(claim)}, not {value}")
    published = call("GET", "/.well-known/jwks.json")
    if not published["keys"]:
        sys.exit("no key is published to check the verification token with")

    asked = {"subject": subject, "purpose": "step_up", "action": "disable"}
    challenge = call("POST", "/v1/challenges", asked, expect=201, **bearer)["id"]
    call("POST", f"/v1/challenges/{challenge}/verify", answer, expect=422, **bearer)  # a code works once
    proof = call("POST", f"/v1/challenges/{challenge}/verify", {"factor": factor, "code": code[1]}, **bearer)
    call("POST", person + "/disable", expect=204, X_Verification_Token=proof["verification_token"], **bearer)
    if call("GET", person, **bearer)["two_factor"] != "off":
        sys.exit("two-factor is still on after it was disabled")
    print("A person enrolled an app, signed in with it and turned it off again.")


if __name__ == "__main__":
    main()
