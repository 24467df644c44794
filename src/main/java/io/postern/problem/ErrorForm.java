package io.postern.problem;

import org.jspecify.annotations.Nullable;

/** How some paths answer errors otherwise than in the form of RFC 9457. */
public interface ErrorForm {

    boolean covers(String path);

    /** Of the body. */
    default String mediaType() {
        return "application/json";
    }

    /**
     * The body that takes the place of the problem; status and headers stay as they are.
     *
     * @param languages the {@code Accept-Language} of the request
     */
    Object of(int status, @Nullable String languages);
}
