@NullMarked
package io.postern.code;

import org.jspecify.annotations.NullMarked;
