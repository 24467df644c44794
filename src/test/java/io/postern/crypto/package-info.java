/** Keys, sealing and keyed hashes. */
@NullMarked
package io.postern.crypto;

import org.jspecify.annotations.NullMarked;
