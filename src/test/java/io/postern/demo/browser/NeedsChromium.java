package io.postern.demo.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/** Skips the tests of a class, with a sentence that says so, where no Chromium is installed. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(
        value = "io.postern.demo.browser.Chromium#isInstalled",
        disabledReason = "No page is opened in a browser: install Chromium (Debian: chromium).")
public @interface NeedsChromium {}
