/** What black-box tests stand on: copies of the packaged service on real stores, and a client of its API. */
@NullMarked
package io.postern.harness;

import org.jspecify.annotations.NullMarked;
