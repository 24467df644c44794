/** How a copy starts; health, metrics, sealing anew and the OpenAPI document. */
@NullMarked
package io.postern.ops;

import org.jspecify.annotations.NullMarked;
