/** What the demo's pages look like: markup from values, without a decision and without a call. */
@NullMarked
package io.postern.demo.page;

import org.jspecify.annotations.NullMarked;
