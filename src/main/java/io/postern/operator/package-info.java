/** The people who run Postern: how they sign in, and who may do what to whom. */
@NullMarked
package io.postern.operator;

import org.jspecify.annotations.NullMarked;
