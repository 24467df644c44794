/** What mails and SMS say, in the languages that Postern speaks or in an application's own words. */
@NullMarked
package io.postern.message;

import org.jspecify.annotations.NullMarked;
