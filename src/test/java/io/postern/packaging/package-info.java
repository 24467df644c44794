/** What is built for operators: the executable, the images, what stands in them. */
@NullMarked
package io.postern.packaging;

import org.jspecify.annotations.NullMarked;
