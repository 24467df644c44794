/** Measures the packaged service: how many sign-ins, how fast, at what cost ({@code ./mvnw -Pbench}). */
@NullMarked
package io.postern.bench;

import org.jspecify.annotations.NullMarked;
