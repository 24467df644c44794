/** Postern: the second step of a sign-in. */
@org.jspecify.annotations.NullMarked
package io.postern;
