/** How codes and notices travel: a queue on Redis and the couriers that empty it. */
@NullMarked
package io.postern.delivery;

import org.jspecify.annotations.NullMarked;
