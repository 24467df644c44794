/** What a mail is made of. */
@NullMarked
package io.postern.delivery.mail;

import org.jspecify.annotations.NullMarked;
