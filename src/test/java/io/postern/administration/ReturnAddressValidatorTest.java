package io.postern.administration;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReturnAddressValidatorTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://shop.example/",
                "https://shop.example/signed-in?from=postern&x=%20",
                "https://shop.example:8443/a.b/c",
                "http://localhost:8090/back",
                "http://127.0.0.1/",
                "http://[::1]:8090/back",
                "https://[2001:db8::1]/",
            })
    void addressesOfFrontEndsAreTaken(String address) {
        assertTrue(ReturnAddressValidator.isReturnAddress(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "shop.example/",
                "//shop.example/",
                "/back",
                "http://shop.example/",
                "http://localhost.shop.example/",
                "http://127.0.0.1.shop.example/",
                "http://localhost@shop.example/",
                "https://user@shop.example/",
                "https://user:password@shop.example/",
                "https://*.shop.example/",
                "https://shop.example/*",
                "https://shop.example/#part",
                "https://shop.example",
                "https://Shop.example/",
                "HTTPS://shop.example/",
                "https:///back",
                "https://shop.example/a/../b",
                "https://shop.example/a/%2e%2E/b",
                "https://shop.example/.",
                "https://shop.example/a b",
                "https://shop.example/a\\b",
                "https://shop.example/ä",
                "https://shop.example:0/",
                "https://shop.example:65536/",
                "https://shop.example/%",
                "javascript:alert(1)",
                "data:text/html,x",
                "ftp://shop.example/",
                "app://back/",
            })
    void whatABrowserMustNotBeSentToIsRefused(String address) {
        assertFalse(ReturnAddressValidator.isReturnAddress(address));
    }

    @Test
    void lengthHasABound() {
        var address = "https://shop.example/";
        assertTrue(ReturnAddressValidator.isReturnAddress(address + "x".repeat(512 - address.length())));
        assertFalse(ReturnAddressValidator.isReturnAddress(address + "x".repeat(513 - address.length())));
    }
}
