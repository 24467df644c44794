/** "This wasn't me": a person disowns a change by a link in its notice, and what it did is taken back (RULES F5). */
@NullMarked
package io.postern.reversal;

import org.jspecify.annotations.NullMarked;
