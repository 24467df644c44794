/** Counting and delay. */
@NullMarked
package io.postern.throttle;

import org.jspecify.annotations.NullMarked;
