/** Time-based codes of an authenticator app (RFC 6238). */
@NullMarked
package io.postern.factor.totp;

import org.jspecify.annotations.NullMarked;
