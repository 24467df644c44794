/** How often, where to and at what cost messages go out. */
@NullMarked
package io.postern.sending;

import org.jspecify.annotations.NullMarked;
