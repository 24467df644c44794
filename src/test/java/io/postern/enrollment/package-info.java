/** How factors come and go, attacked. */
@NullMarked
package io.postern.enrollment;

import org.jspecify.annotations.NullMarked;
