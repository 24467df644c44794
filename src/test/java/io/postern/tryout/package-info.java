/** The try-out: everything on one machine with one command. */
@NullMarked
package io.postern.tryout;

import org.jspecify.annotations.NullMarked;
