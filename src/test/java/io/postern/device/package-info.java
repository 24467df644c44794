/** Tests of remembered devices. */
@NullMarked
package io.postern.device;

import org.jspecify.annotations.NullMarked;
