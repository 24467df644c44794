/** Mail over SMTP. */
@NullMarked
package io.postern.delivery.mail;

import org.jspecify.annotations.NullMarked;
