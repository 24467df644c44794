/** Verification tokens, checked as a front end would. */
@NullMarked
package io.postern.token;

import org.jspecify.annotations.NullMarked;
