/** Webhooks, told by the packaged service to real servers. */
@NullMarked
package io.postern.webhook;

import org.jspecify.annotations.NullMarked;
