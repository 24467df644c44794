package io.postern.enrollment;

import io.postern.delivery.Channel;
import io.postern.factor.Destination;
import io.postern.notice.AddressBook;
import io.postern.subject.SubjectRecord;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The mail addresses at which a person is told of changes (RULES F5, F6): the registered one, those of active factors, and
 * those that were registered in the last 30 days.
 */
@Singleton
public class Addresses implements AddressBook {

    private final EnrolledFactor.Repository repository;
    private final FactorViews views;
    private final FormerAddresses former;

    Addresses(EnrolledFactor.Repository repository, FactorViews views, FormerAddresses former) {
        this.repository = repository;
        this.views = views;
        this.former = former;
    }

    @Override
    public Set<String> of(SubjectRecord subject) {
        var replaced = former.of(subject.id()).stream().map(FormerAddress::address);
        return Stream.concat(held(subject).stream(), replaced).collect(Collectors.toUnmodifiableSet());
    }

    /** Those that are the person's now: without the replaced ones, which may no longer take anything back. */
    Set<String> held(SubjectRecord subject) {
        var registered = Stream.ofNullable(subject.email());
        var proven = repository.of(subject.id()).stream()
                .filter(EnrolledFactor::isActive)
                .map(views::destination)
                .flatMap(Optional::stream)
                .filter(destination -> destination.channel() == Channel.EMAIL)
                .map(Destination::value);
        return Stream.concat(registered, proven).collect(Collectors.toUnmodifiableSet());
    }

    /** Those held before or after a change. */
    Set<String> of(Set<String> before, SubjectRecord subject) {
        return Stream.concat(before.stream(), of(subject).stream()).collect(Collectors.toUnmodifiableSet());
    }
}
