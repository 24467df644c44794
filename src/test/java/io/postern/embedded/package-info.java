/** Real Postgres, Redis and the packaged service as child processes that never outlive this JVM. */
@NullMarked
package io.postern.embedded;

import org.jspecify.annotations.NullMarked;
