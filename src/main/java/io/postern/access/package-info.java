/** Who calls: client credentials, access tokens and scopes. */
@NullMarked
package io.postern.access;

import org.jspecify.annotations.NullMarked;
