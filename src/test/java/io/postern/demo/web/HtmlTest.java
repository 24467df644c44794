package io.postern.demo.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HtmlTest {
    @Test
    void valuesAreEscapedAndMarkupIsNot() {
        assertEquals(
                "<p title=\"&quot;&#39;&amp;\">&lt;script&gt; <b>ok</b></p>",
                Html.of("<p title=\"{}\">{} {}</p>", "\"'&", "<script>", Html.of("<b>ok</b>"))
                        .toString());
    }

    @Test
    void whatIsInsideAnOptionalOrAListIsEscapedToo() {
        assertEquals(
                "&lt;|&lt;&amp;<i></i>|",
                Html.of("{}|{}|{}", Optional.of("<"), List.of("<", "&", Html.of("<i></i>")), Optional.empty())
                        .toString());
    }

    @Test
    void valueThatLooksLikeAPlaceIsText() {
        assertEquals("{} x", Html.of("{} {}", "{}", "x").toString());
    }

    @Test
    void numberOfValuesHasToBeRight() {
        assertThrows(IllegalArgumentException.class, () -> Html.of("{}"));
        assertThrows(IllegalArgumentException.class, () -> Html.of("", "x"));
    }

    @Test
    void lettersBeyondTheBasicPlaneStayWhole() {
        assertEquals("😀é", Html.of("{}", "😀é").toString());
    }
}
