package io.postern.demo.account;

import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Who may enter. A product has a table; the four of the demo all have the password {@code demo} until they
 * change it, which holds until the demo ends. */
public final class Users {
    private record Account(User user, Password password) {}

    private static final int ITERATIONS = 600_000;

    private static final Map<String, Account> ACCOUNTS = Map.of(
            "owner",
            account(
                    new User("owner", "Olivia Owner", "owner@example.com", User.ADMINISTRATOR),
                    "bv9toQAweENLSoJvUq8ZAg",
                    "9O_5sLATJt52IfwwgHxEDPaDumNDoeO9URiyo5lvSvc"),
            "deputy",
            account(
                    new User("deputy", "Dana Deputy", "deputy@example.com", User.ADMINISTRATOR),
                    "jmMeBxw_UxJ8okfBED5sXA",
                    "d7OtafWcgLylQQORdv3Into8-Z_ITZS9AZ3gKX1LZPw"),
            "editor",
            account(
                    new User("editor", "Emil Editor", "editor@example.com", "editor"),
                    "FfDklmNy90l3hWYD3Lif_w",
                    "sbWJBRfcv7-wgxPLBtM-0KdlRcHsM86nfwjrEIPqH0E"),
            "viewer",
            account(
                    new User("viewer", "Vera Viewer", "viewer@example.com", "viewer"),
                    "3przQ9x7r9UEU_3BqtJq3w",
                    "d-Q_RcfYwBPJQgDFfvhZQ1XP42aQ9qxrHQ4vVjJ_6Cc"));

    /** Stands in for the password of somebody who does not exist, so that the time of an answer tells nothing. */
    private static final Password NOBODYS =
            new Password(ITERATIONS, "FBzjI0z0pSApgG42ikwA0g", "WRivpviUob6RJlR7QbNcoqO41VJjCB4-D4rVpEt9j24");

    private final ConcurrentMap<String, Password> changed = new ConcurrentHashMap<>();
    private final SecureRandom random;

    public Users(SecureRandom random) {
        this.random = random;
    }

    /** The person, if the password is theirs. Unknown names and wrong passwords answer the same in the same time. */
    public Optional<User> authenticate(String name, String password) {
        Optional<Account> account = Optional.ofNullable(ACCOUNTS.get(name));
        Password stored = account.map(Account::password).orElse(NOBODYS);
        boolean right = changed.getOrDefault(name, stored).matches(password);
        return right ? account.map(Account::user) : Optional.empty();
    }

    /** Gives a user another password. */
    public void changePassword(User user, String password) {
        changed.put(user.id(), Password.of(password, ITERATIONS, random));
    }

    /** All user names, in their order. */
    public static List<String> ids() {
        return ACCOUNTS.keySet().stream().sorted().toList();
    }

    public static Optional<User> find(String id) {
        return Optional.ofNullable(ACCOUNTS.get(id)).map(Account::user);
    }

    private static Account account(User user, String salt, String hash) {
        return new Account(user, new Password(ITERATIONS, salt, hash));
    }
}
