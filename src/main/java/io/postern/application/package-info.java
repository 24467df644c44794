/** Applications, their API clients and the first ones from configuration. */
@NullMarked
package io.postern.application;

import org.jspecify.annotations.NullMarked;
