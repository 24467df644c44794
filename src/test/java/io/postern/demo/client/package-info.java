/**
 * How an admin area calls Postern: over REST, with an access token of its own, failing closed, and believing a
 * verification token only after every check of rule I4.
 */
@NullMarked
package io.postern.demo.client;

import org.jspecify.annotations.NullMarked;
