/** Codes that a person keeps for when the others are lost. */
@NullMarked
package io.postern.factor.recovery;

import org.jspecify.annotations.NullMarked;
