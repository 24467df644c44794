package io.postern.subject;

/** Bounds of the id that an application gives a person: 1 to 128 characters, compared byte for byte (RULES B3). */
public final class SubjectId {

    public static final int MAX = 128;

    private SubjectId() {}
}
