/** What stands in the documentation is what the code does. */
@NullMarked
package io.postern.docs;

import org.jspecify.annotations.NullMarked;
