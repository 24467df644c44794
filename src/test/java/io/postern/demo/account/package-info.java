/** The admin area's own people and their passwords: the first factor, of which Postern knows nothing. */
@NullMarked
package io.postern.demo.account;

import org.jspecify.annotations.NullMarked;
