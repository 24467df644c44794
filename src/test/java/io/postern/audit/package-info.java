@NullMarked
package io.postern.audit;

import org.jspecify.annotations.NullMarked;
