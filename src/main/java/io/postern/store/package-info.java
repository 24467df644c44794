/** What Redis and Postgres have in common for us: a failing store is a 503, never a no. */
@NullMarked
package io.postern.store;

import org.jspecify.annotations.NullMarked;
