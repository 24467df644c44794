/** A code by SMS, to regions and kinds of number that are allowed. */
@NullMarked
package io.postern.factor.sms;

import org.jspecify.annotations.NullMarked;
