/** Tells people by mail what happened to their own security. */
@NullMarked
package io.postern.notice;

import org.jspecify.annotations.NullMarked;
