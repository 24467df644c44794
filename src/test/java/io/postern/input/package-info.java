/** What text from outside may look like. */
@NullMarked
package io.postern.input;

import org.jspecify.annotations.NullMarked;
