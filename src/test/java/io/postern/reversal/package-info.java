@NullMarked
package io.postern.reversal;

import org.jspecify.annotations.NullMarked;
