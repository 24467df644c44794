/** How a request is followed: its id, its spans and what of them goes out, the trace that a message carries. Knows no feature. */
@NullMarked
package io.postern.tracing;

import org.jspecify.annotations.NullMarked;
