/** Codes by time against the vectors of the RFCs. */
@NullMarked
package io.postern.factor.totp;

import org.jspecify.annotations.NullMarked;
