/** Applications, their policies, API clients and secrets, as operators change them over REST. */
@NullMarked
package io.postern.administration;

import org.jspecify.annotations.NullMarked;
