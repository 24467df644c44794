/** Work beside the calls: features bring tasks, one copy at a time does each. Knows no feature. */
@NullMarked
package io.postern.housekeeping;

import org.jspecify.annotations.NullMarked;
