/** Who calls, and that nobody reaches what is another application's. */
@NullMarked
package io.postern.access;

import org.jspecify.annotations.NullMarked;
