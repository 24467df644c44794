/** Imports, line by line. */
@NullMarked
package io.postern.importing;

import org.jspecify.annotations.NullMarked;
