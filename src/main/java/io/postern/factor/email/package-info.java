/** A code by mail. */
@NullMarked
package io.postern.factor.email;

import org.jspecify.annotations.NullMarked;
