/** What requests leave in logs and traces. */
@NullMarked
package io.postern.tracing;

import org.jspecify.annotations.NullMarked;
