/** The shape of the whole. */
@NullMarked
package io.postern;

import org.jspecify.annotations.NullMarked;
