/** What every means of proof has in common. */
@NullMarked
package io.postern.factor;

import org.jspecify.annotations.NullMarked;
