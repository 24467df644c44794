/** Keys, sealing and keyed hashes; knows no feature. */
@NullMarked
package io.postern.crypto;

import org.jspecify.annotations.NullMarked;
