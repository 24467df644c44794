/** People as an application knows them. */
@NullMarked
package io.postern.subject;

import org.jspecify.annotations.NullMarked;
