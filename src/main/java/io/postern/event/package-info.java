/** What happened, as typed values to which audit and metrics listen. */
@NullMarked
package io.postern.event;

import org.jspecify.annotations.NullMarked;
