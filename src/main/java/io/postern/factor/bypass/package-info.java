/** A code that the help desk gives to somebody who has nothing else at hand. */
@NullMarked
package io.postern.factor.bypass;

import org.jspecify.annotations.NullMarked;
