/** What an operator watches: metrics as they are documented, alert rules and their pages, the dashboard. */
@NullMarked
package io.postern.watching;

import org.jspecify.annotations.NullMarked;
