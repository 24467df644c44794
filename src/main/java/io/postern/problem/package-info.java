/** Problem details (RFC 9457): one exception, one list of codes, one place that renders them. */
@NullMarked
package io.postern.problem;

import org.jspecify.annotations.NullMarked;
