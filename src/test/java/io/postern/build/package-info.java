/** Tests of what builds Postern: the Maven wrapper and its pins. */
@NullMarked
package io.postern.build;

import org.jspecify.annotations.NullMarked;
