package io.postern.audit;

/**
 * Both ends of an application's chain.
 *
 * @param head the newest sealed row
 * @param dropped the last row that retention has dropped: verification begins behind it
 */
record Chain(String application, Link head, Link dropped) {

    Chain headedBy(Link newer) {
        return new Chain(application, newer, dropped);
    }

    Chain droppedUntil(Link newer) {
        return new Chain(application, head, newer);
    }
}
