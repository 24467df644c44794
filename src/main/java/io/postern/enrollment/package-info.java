/** Factors come and go: begin, activate, change, remove, disable. */
@NullMarked
package io.postern.enrollment;

import org.jspecify.annotations.NullMarked;
