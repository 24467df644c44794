@NullMarked
package io.postern.operating;

import org.jspecify.annotations.NullMarked;
