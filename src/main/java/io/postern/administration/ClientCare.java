package io.postern.administration;

import io.postern.application.ApiClients;
import io.postern.application.Scope;
import io.postern.crypto.KeyedHash;
import io.postern.event.SecurityEvent;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;

/**
 * Makes and changes API clients and their secrets, under the application's row lock, so that two changes cannot each take away
 * what the other has left. Nobody gives a scope that they do not hold: not to a client, and not to themselves by a secret for a
 * client that holds more.
 */
@Singleton
class ClientCare {

    /** One is replaced while both are in use. */
    private static final int MOST_SECRETS = 2;

    private static final int SECRET_BYTES = 32;
    private static final int ID_CHARACTERS = 20;
    private static final String ID_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    private final Admission admission;
    private final ManagedApplication.Repository applications;
    private final ManagedClient.Repository clients;
    private final ManagedSecret.Repository secrets;
    private final KeyedHash hash;
    private final Event<SecurityEvent> events;
    private final Clock clock;
    private final SecureRandom random;

    ClientCare(
            Admission admission,
            ManagedApplication.Repository applications,
            ManagedClient.Repository clients,
            ManagedSecret.Repository secrets,
            KeyedHash hash,
            Event<SecurityEvent> events,
            Clock clock,
            SecureRandom random) {
        this.admission = admission;
        this.applications = applications;
        this.clients = clients;
        this.secrets = secrets;
        this.hash = hash;
        this.events = events;
        this.clock = clock;
        this.random = random;
    }

    /** @throws Problem {@code not_found} */
    @Transactional
    ClientView.All list(String application) {
        admission.admit().requireReach(application);
        applications.require(application);
        return new ClientView.All(
                clients.of(application).stream().map(this::view).toList());
    }

    /** @throws Problem {@code not_found} */
    @Transactional
    ClientView get(String application, String id) {
        admission.admit().requireReach(application);
        return view(clients.require(application, id));
    }

    /**
     * Makes a client without a secret. Its id is drawn: ids are unique over all applications, and a refused one would tell of
     * another's.
     *
     * @throws Problem {@code not_found}, {@code scope_escalation}
     */
    @Transactional
    ClientView create(String application, NewClient wanted) {
        var manager = admission.holding(application).manager();
        manager.requireScopes(EnumSet.copyOf(wanted.scopes()));
        var row = new ManagedClient();
        row.id = newId();
        row.applicationId = application;
        row.label = wanted.label();
        row.hold(EnumSet.copyOf(wanted.scopes()));
        row.createdAt = clock.instant();
        clients.persist(row);
        events.fire(new SecurityEvent.ClientCreated(manager.about(application), row.id));
        return view(row);
    }

    /** @throws Problem {@code not_found}, {@code scope_escalation}, {@code last_admin} */
    @Transactional
    ClientView change(String application, String id, ClientChange wanted, boolean lastAdmin) {
        var manager = admission.holding(application).manager();
        var row = clients.require(application, id);
        var before = view(row);
        if (wanted.label() != null) {
            row.label = wanted.label();
        }
        if (wanted.scopes() != null) {
            var held = row.held();
            var more = EnumSet.copyOf(wanted.scopes());
            more.removeAll(held);
            manager.requireScopes(more);
            row.hold(EnumSet.copyOf(wanted.scopes()));
            requireAdmin(manager, application, held.contains(Scope.ADMIN), lastAdmin);
        }
        var after = view(row);
        if (!after.equals(before)) {
            events.fire(new SecurityEvent.ClientChanged(manager.about(application), id));
        }
        return after;
    }

    /** Deletes a client with its secrets. @throws Problem {@code not_found}, {@code last_admin} */
    @Transactional
    void delete(String application, String id, boolean lastAdmin) {
        var manager = admission.holding(application).manager();
        var row = clients.require(application, id);
        boolean held = row.held().contains(Scope.ADMIN);
        clients.delete(row); // its secrets go with it
        requireAdmin(manager, application, held, lastAdmin);
        events.fire(new SecurityEvent.ClientDeleted(manager.about(application), id));
    }

    /**
     * Makes a secret; two of a client are good at once.
     *
     * @throws Problem {@code not_found}, {@code too_many_secrets}, {@code scope_escalation} for a client that may do more than
     *     the caller
     */
    @Transactional
    ClientView.NewSecret createSecret(String application, String id, SecretOrder order) {
        var manager = admission.holding(application).manager();
        var client = clients.require(application, id);
        manager.requireScopes(client.held());
        var now = clock.instant();
        secrets.delete("clientId = ?1 and expiresAt <= ?2", id, now);
        var older = secrets.of(id);
        if (order.olderExpiresIn() != null) {
            var end = now.plus(Duration.ofSeconds(order.olderExpiresIn()));
            older.forEach(secret -> secret.endAt(end));
        }
        if (older.stream().filter(secret -> secret.isGood(now)).count() >= MOST_SECRETS) {
            throw Problem.of(ProblemCode.TOO_MANY_SECRETS);
        }
        var text = newSecret();
        var row = new ManagedSecret();
        row.id = UUID.randomUUID();
        row.clientId = id;
        row.digest = ApiClients.digest(hash, id, text);
        row.createdAt = now;
        secrets.persist(row);
        events.fire(new SecurityEvent.ClientSecretCreated(manager.about(application), id, row.id));
        return new ClientView.NewSecret(row.id.toString(), text, now);
    }

    /** Deletes a secret: no copy gives a token for it any more. @throws Problem {@code not_found}, {@code last_admin} */
    @Transactional
    void deleteSecret(String application, String id, UUID secret, boolean lastAdmin) {
        var manager = admission.holding(application).manager();
        var client = clients.require(application, id);
        if (secrets.delete("clientId = ?1 and id = ?2", id, secret) == 0) {
            throw Problem.of(ProblemCode.NOT_FOUND);
        }
        requireAdmin(manager, application, client.held().contains(Scope.ADMIN), lastAdmin);
        events.fire(new SecurityEvent.ClientSecretDeleted(manager.about(application), id, secret));
    }

    /** Nobody locks themselves out without saying that they know; another application they may leave without. */
    private void requireAdmin(Manager manager, String application, boolean concerned, boolean lastAdmin) {
        if (concerned && !lastAdmin && manager.application().equals(application)) {
            clients.flush();
            if (!secrets.hasAdmin(application, clock.instant())) {
                throw Problem.of(ProblemCode.LAST_ADMIN);
            }
        }
    }

    private ClientView view(ManagedClient row) {
        var now = clock.instant();
        List<ManagedSecret> good =
                secrets.of(row.id).stream().filter(secret -> secret.isGood(now)).toList();
        return ClientView.of(row, good);
    }

    private String newId() {
        var id = new StringBuilder("c-");
        for (int i = 0; i < ID_CHARACTERS; i++) {
            id.append(ID_ALPHABET.charAt(random.nextInt(ID_ALPHABET.length())));
        }
        return id.toString();
    }

    private String newSecret() {
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
