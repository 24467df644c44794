/** The queue and its couriers, on the packaged service with a real mail server and a provider over real HTTP. */
@NullMarked
package io.postern.delivery;

import org.jspecify.annotations.NullMarked;
