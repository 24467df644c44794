/** The little of a web framework that the demo needs: routes, forms and markup that escapes by itself. */
@NullMarked
package io.postern.demo.web;

import org.jspecify.annotations.NullMarked;
