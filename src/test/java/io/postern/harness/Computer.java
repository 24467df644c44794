package io.postern.harness;

import java.util.HashMap;
import java.util.Map;

/** A computer of a person, which keeps the token that it is given, as a browser does. */
public final class Computer {

    private final Person person;
    private final String device;
    private String token;

    private Computer(Person person, Answer approved) {
        this.person = person;
        this.device = approved.text("device");
        this.token = approved.text("device_token");
    }

    /** One that a person signs in on with a code. */
    public static Computer of(Person person) {
        return of(person, Map.of());
    }

    /** The same with more members of the challenge. */
    public static Computer of(Person person, Map<String, ?> members) {
        var all = new HashMap<String, Object>(members);
        all.put("purpose", "sign_in");
        var id = person.challenge(all).expect(201).text("id");
        return new Computer(person, person.verify(id, person.code()).expect(200));
    }

    /** Its id in the person's list. */
    public String device() {
        return device;
    }

    public String token() {
        return token;
    }

    /** Signs in; keeps the next token where there is one. */
    public Answer signIn() {
        var answer = person.signInWith(token);
        if (answer.status() == 200) {
            token = answer.text("device_token");
        }
        return answer;
    }
}
