@NullMarked
package io.postern.notice;

import org.jspecify.annotations.NullMarked;
