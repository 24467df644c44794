/** An application's rules. */
@NullMarked
package io.postern.policy;

import org.jspecify.annotations.NullMarked;
