/** A repeated call makes one thing (RULES H3). */
@NullMarked
package io.postern.idempotency;

import org.jspecify.annotations.NullMarked;
