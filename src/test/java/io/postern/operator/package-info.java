@NullMarked
package io.postern.operator;

import org.jspecify.annotations.NullMarked;
