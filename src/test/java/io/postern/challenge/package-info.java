/** Challenges, tried from outside against two copies. */
@NullMarked
package io.postern.challenge;

import org.jspecify.annotations.NullMarked;
