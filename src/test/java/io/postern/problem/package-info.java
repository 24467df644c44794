/** Garbage and what is answered to it. */
@NullMarked
package io.postern.problem;

import org.jspecify.annotations.NullMarked;
