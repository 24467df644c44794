package io.postern.webhook;

import io.postern.application.Applications;
import io.postern.event.About;
import io.postern.event.SecurityEvent;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The endpoints of an application. Looking up where one leads happens outside of transactions: it may take seconds. */
@Singleton
class Webhooks {

    static final int MOST = 10;

    private final Applications applications;
    private final WebhookEndpoint.Repository repository;
    private final WebhookSecrets secrets;
    private final Destinations destinations;
    private final Event<SecurityEvent> events;
    private final Clock clock;

    Webhooks(
            Applications applications,
            WebhookEndpoint.Repository repository,
            WebhookSecrets secrets,
            Destinations destinations,
            Event<SecurityEvent> events,
            Clock clock) {
        this.applications = applications;
        this.repository = repository;
        this.secrets = secrets;
        this.destinations = destinations;
        this.events = events;
        this.clock = clock;
    }

    /** Whose endpoints, and who calls. */
    record Owner(
            String application, String client, @Nullable String actor) {

        About about() {
            return About.client(application, client, actor);
        }
    }

    /**
     * Makes an endpoint and its first secret.
     *
     * @throws Problem {@code url_not_allowed}, {@code too_many_webhooks}
     */
    WebhookView add(Owner owner, NewWebhook wanted) {
        applications.requireActive(owner.application());
        return insert(owner, wanted, destinations.require(wanted.url()));
    }

    @Transactional
    WebhookView insert(Owner owner, NewWebhook wanted, String url) {
        requireRoom(owner.application());
        var row = new WebhookEndpoint();
        row.id = UUID.randomUUID();
        row.applicationId = owner.application();
        row.url = url;
        row.description = wanted.description();
        row.events = names(wanted.events());
        row.enabled = true;
        row.createdAt = clock.instant();
        repository.persist(row);
        repository.flush(); // the secret names it
        var secret = secrets.add(row.id);
        events.fire(new SecurityEvent.WebhookAdded(owner.about(), row.id));
        return WebhookView.of(row, secrets.times(row.id), secret);
    }

    /** Additions come one after another: the application's row is held, from other additions alone. */
    private void requireRoom(String application) {
        repository
                .getEntityManager()
                .createNativeQuery("select 1 from application where id = ?1 for no key update", Integer.class)
                .setParameter(1, application)
                .getResultList();
        if (repository.of(application).size() >= MOST) {
            throw Problem.of(ProblemCode.TOO_MANY_WEBHOOKS);
        }
    }

    @Transactional
    List<WebhookView> list(String application) {
        applications.requireActive(application);
        return repository.of(application).stream().map(this::view).toList();
    }

    /** @throws Problem {@code not_found} */
    @Transactional
    WebhookView get(String application, UUID id) {
        return view(require(application, id));
    }

    /**
     * Changes what is given.
     *
     * @throws Problem {@code not_found}, {@code url_not_allowed}
     */
    WebhookView change(Owner owner, UUID id, WebhookChange wanted) {
        get(owner.application(), id);
        var url = wanted.url();
        return update(owner, id, wanted, url == null ? null : destinations.require(url));
    }

    @Transactional
    WebhookView update(Owner owner, UUID id, WebhookChange wanted, @Nullable String url) {
        var row = lock(owner.application(), id);
        if (url != null) {
            row.url = url;
            row.forgetFailures();
        }
        if (wanted.events() != null) {
            row.events = names(wanted.events());
        }
        if (wanted.description() != null) {
            row.description = wanted.description();
        }
        if (Boolean.TRUE.equals(wanted.enabled()) && !row.enabled) {
            row.switchOn();
        } else if (Boolean.FALSE.equals(wanted.enabled()) && row.enabled) {
            row.switchOff(clock.instant());
        }
        events.fire(new SecurityEvent.WebhookChanged(owner.about(), id));
        return view(row);
    }

    /** Its secrets go now, its deliveries soon. */
    @Transactional
    void remove(Owner owner, UUID id) {
        var row = lock(owner.application(), id);
        if (row.enabled) {
            row.switchOff(clock.instant());
        }
        row.removedAt = clock.instant();
        secrets.remove(id);
        events.fire(new SecurityEvent.WebhookRemoved(owner.about(), id));
    }

    /** Another secret signs from now on, the one before it for a while too. */
    @Transactional
    WebhookView rotate(Owner owner, UUID id, Rotation rotation) {
        var row = lock(owner.application(), id);
        var secret = secrets.rotate(id, rotation.overlap());
        events.fire(new SecurityEvent.WebhookSecretRotated(owner.about(), id));
        return WebhookView.of(row, secrets.times(id), secret);
    }

    /**
     * The endpoint.
     *
     * @throws Problem {@code not_found}, {@code application_suspended}
     */
    @Transactional
    WebhookEndpoint require(String application, UUID id) {
        applications.requireActive(application);
        return repository.of(application, id).orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND));
    }

    private WebhookEndpoint lock(String application, UUID id) {
        applications.requireActive(application);
        return repository.lock(application, id).orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND));
    }

    private WebhookView view(WebhookEndpoint row) {
        return WebhookView.of(row, secrets.times(row.id), null);
    }

    private static String[] names(@Nullable List<EventType> types) {
        return types == null
                ? new String[0]
                : types.stream().distinct().map(EventType::id).toArray(String[]::new);
    }
}
