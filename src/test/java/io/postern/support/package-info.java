@NullMarked
package io.postern.support;

import org.jspecify.annotations.NullMarked;
