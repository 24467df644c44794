/** SMS through providers, tried in the operator's order. */
@NullMarked
package io.postern.delivery.sms;

import org.jspecify.annotations.NullMarked;
