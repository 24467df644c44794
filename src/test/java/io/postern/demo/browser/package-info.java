/** A real browser, and what is asked of every page that it shows. */
@NullMarked
package io.postern.demo.browser;

import org.jspecify.annotations.NullMarked;
