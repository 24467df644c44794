/** Codes that are sent: how they are drawn, kept and taken. */
@NullMarked
package io.postern.code;

import org.jspecify.annotations.NullMarked;
