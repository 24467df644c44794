/** What people read, in every language. */
@NullMarked
package io.postern.message;

import org.jspecify.annotations.NullMarked;
