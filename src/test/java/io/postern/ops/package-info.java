/** Health, metrics, logs and housekeeping. */
@NullMarked
package io.postern.ops;

import org.jspecify.annotations.NullMarked;
