/** One attempt to pass the second step. */
@NullMarked
package io.postern.challenge;

import org.jspecify.annotations.NullMarked;
