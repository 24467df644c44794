@NullMarked
package io.postern.housekeeping;

import org.jspecify.annotations.NullMarked;
