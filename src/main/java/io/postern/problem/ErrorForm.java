package io.postern.problem;

/** How one path answers errors where its own standard asks for another form than RFC 9457. */
public interface ErrorForm {

    String path();

    /** The JSON body that takes the place of the problem; status and headers stay as they are. */
    Object of(int status);
}
