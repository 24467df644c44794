/** People and factors of another product move here, line by line of a file (RULES F6). */
@NullMarked
package io.postern.importing;

import org.jspecify.annotations.NullMarked;
