/**
 * A small admin area that has put Postern behind its password check: the example of an integration, which the try-out
 * starts and the end-to-end tests use. {@link io.postern.demo.SignIn} and {@link io.postern.demo.Changes} are the two
 * flows to read first, {@link io.postern.demo.client.VerificationTokenCheck} the check that neither may leave out.
 */
@NullMarked
package io.postern.demo;

import org.jspecify.annotations.NullMarked;
