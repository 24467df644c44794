@NullMarked
package io.postern.administration;

import org.jspecify.annotations.NullMarked;
