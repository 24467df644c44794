package io.postern.importing;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A subject while the lines of a chunk are gone through, under its row lock. */
final class Person {

    final long id;

    /** Whether this chunk has registered it. */
    final boolean created;

    /** Whether nothing may be added, for a change was disowned (RULES F5). */
    final boolean frozen;

    final List<Held> held = new ArrayList<>();

    @Nullable
    String email;

    @Nullable
    String displayName;

    @Nullable
    String locale;

    /** Whether anything was filled in. */
    boolean filled;

    /** Whether factors came with this chunk. */
    boolean enrolled;

    /** Whether a line has named it before. */
    boolean seen;

    Person(
            long id,
            boolean created,
            boolean frozen,
            @Nullable String email,
            @Nullable String displayName,
            @Nullable String locale) {
        this.id = id;
        this.created = created;
        this.frozen = frozen;
        this.email = email;
        this.displayName = displayName;
        this.locale = locale;
    }

    /**
     * An active factor.
     *
     * @param secret null where it cannot be opened
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Held(String type, byte @Nullable [] destination, byte @Nullable [] secret) {

        boolean is(ReadLine.Adopted adopted) {
            return secret != null && LineReader.isSame(adopted, type, destination, secret);
        }
    }

    boolean isOn() {
        return !held.isEmpty();
    }

    boolean has(List<ReadLine.Adopted> factors) {
        return factors.stream().allMatch(factor -> held.stream().anyMatch(known -> known.is(factor)));
    }

    /** Takes what is not known yet; what is known stays. True when there was something. */
    boolean fill(ImportedPerson line) {
        boolean news =
                isNews(email, line.email()) || isNews(displayName, line.displayName()) || isNews(locale, line.locale());
        email = email == null ? line.email() : email;
        displayName = displayName == null ? line.displayName() : displayName;
        locale = locale == null ? line.locale() : locale;
        filled |= news;
        return news;
    }

    void enroll(List<ReadLine.Adopted> factors) {
        factors.forEach(factor -> held.add(new Held(factor.type().id(), factor.destination(), factor.secret())));
        enrolled |= !factors.isEmpty();
    }

    private static boolean isNews(@Nullable String known, @Nullable String given) {
        return known == null && given != null;
    }
}
