package io.postern.operator;

import io.postern.application.Applications;
import io.postern.event.About;
import io.postern.event.SecurityEvent;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.credential.PasswordCredential;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.UsernamePasswordAuthenticationRequest;
import io.quarkus.security.jpa.runtime.JpaIdentityProvider;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Name and password of an operator, checked by what Quarkus makes of {@link Operator}, behind the {@link PasswordGate}. Unknown
 * names, operators who are suspended and those without a password get the same answer after the same work.
 */
@Singleton
final class PasswordSignIn implements IdentityProvider<UsernamePasswordAuthenticationRequest> {

    /** Before the provider that is asked here, which is one too. */
    private static final int PRIORITY = 2_000;

    private final JpaIdentityProvider passwords;
    private final OperatorRows rows;
    private final Passwords hashes;
    private final PasswordGate gate;
    private final Event<SecurityEvent> events;

    PasswordSignIn(
            JpaIdentityProvider passwords,
            OperatorRows rows,
            Passwords hashes,
            PasswordGate gate,
            Event<SecurityEvent> events) {
        this.passwords = passwords;
        this.rows = rows;
        this.hashes = hashes;
        this.gate = gate;
        this.events = events;
    }

    @Override
    public Class<UsernamePasswordAuthenticationRequest> getRequestType() {
        return UsernamePasswordAuthenticationRequest.class;
    }

    @Override
    public int priority() {
        return PRIORITY;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            UsernamePasswordAuthenticationRequest request, AuthenticationRequestContext context) {
        return context.runBlocking(() -> identity(request));
    }

    private SecurityIdentity identity(UsernamePasswordAuthenticationRequest request) {
        var source = HttpSecurityUtils.getRoutingContextAttribute(request)
                .request()
                .remoteAddress()
                .hostAddress();
        return gate.check(request.getUsername(), source, () -> check(request)).orElseThrow(() -> {
            events.fire(new SecurityEvent.OperatorRefused(About.application(Applications.CONSOLE)));
            return new AuthenticationFailedException();
        });
    }

    private Optional<SecurityIdentity> check(UsernamePasswordAuthenticationRequest request) {
        var name = request.getUsername();
        var password = new String(request.getPassword().getPassword());
        var operator = rows.whoMaySignIn(name);
        if (operator.isEmpty()) {
            hashes.compareWithNobodys(password);
            return Optional.empty();
        }
        var keyed = hashes.keyed(operator.get(), password).toCharArray();
        var inner = new UsernamePasswordAuthenticationRequest(name, new PasswordCredential(keyed));
        try {
            return Optional.of(passwords
                    .authenticate(inner, now -> Uni.createFrom().item(now))
                    .await()
                    .indefinitely());
        } catch (AuthenticationFailedException wrong) {
            return Optional.empty();
        }
    }
}
