/** The help desk: sees how things stand with a person, and helps where the person cannot help themselves (RULES F4). */
@NullMarked
package io.postern.support;

import org.jspecify.annotations.NullMarked;
