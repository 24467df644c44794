/** Failover, signatures and refusals. */
@NullMarked
package io.postern.delivery.sms;

import org.jspecify.annotations.NullMarked;
