/** Tells applications what happened, by signed calls to endpoints of theirs. */
@NullMarked
package io.postern.webhook;

import org.jspecify.annotations.NullMarked;
