/** Verification tokens: the keys, the signing, and their use as proof of a change. */
@NullMarked
package io.postern.token;

import org.jspecify.annotations.NullMarked;
