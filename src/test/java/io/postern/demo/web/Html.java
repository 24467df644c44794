package io.postern.demo.web;

import com.google.errorprone.annotations.CompileTimeConstant;
import com.google.errorprone.annotations.Immutable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Markup that is safe to send. A page is put together from templates that are constants of the program and from values;
 * a value that is not markup itself is escaped on its way in, so that forgetting to escape is not possible.
 *
 * <p>Values may stand where text or a quoted attribute may stand, and nowhere else: not in a tag's name, an unquoted
 * attribute, a style or a script.
 */
@Immutable
public final class Html {
    public static final Html NONE = new Html("");

    private final String markup;

    private Html(String markup) {
        this.markup = markup;
    }

    /**
     * Fills each {@code {}} of the template with the next value: {@code Html} as it is, an {@code Optional} with what it
     * holds or nothing, a list with its elements one after the other, everything else as escaped text.
     *
     * @throws IllegalArgumentException if the template has more or fewer places than there are values
     */
    public static Html of(@CompileTimeConstant final String template, Object... values) {
        var markup = new StringBuilder();
        int from = 0;
        for (Object value : values) {
            int place = template.indexOf("{}", from);
            if (place < 0) {
                throw new IllegalArgumentException("more values than places in: " + template);
            }
            markup.append(template, from, place).append(render(value));
            from = place + 2;
        }
        if (template.indexOf("{}", from) >= 0) {
            throw new IllegalArgumentException("fewer values than places in: " + template);
        }
        return new Html(markup.append(template, from, template.length()).toString());
    }

    private static String render(Object value) {
        return switch (value) {
            case Html html -> html.markup;
            case Optional<?> optional -> optional.map(Html::render).orElse("");
            case List<?> list -> list.stream().map(Html::render).collect(Collectors.joining());
            default -> escape(value.toString());
        };
    }

    private static String escape(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }

    @Override
    public String toString() {
        return markup;
    }
}
