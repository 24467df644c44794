/** Computers that passed a challenge and may skip the next ones for a while (RULES G1, G2). */
@NullMarked
package io.postern.device;

import org.jspecify.annotations.NullMarked;
