@NullMarked
package io.postern.message;

import org.jspecify.annotations.NullMarked;
