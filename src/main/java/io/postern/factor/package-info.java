/** What every means of proof has in common; each kind is one package below. */
@NullMarked
package io.postern.factor;

import org.jspecify.annotations.NullMarked;
