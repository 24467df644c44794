package io.postern.reversal;

import io.postern.message.Messages;
import io.postern.message.PageText;
import io.postern.problem.ErrorForm;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** People read these pages: what goes wrong there is said in words of theirs, too. */
@Singleton
final class PageErrors implements ErrorForm {

    private final Messages messages;

    PageErrors(Messages messages) {
        this.messages = messages;
    }

    @Override
    public boolean covers(String path) {
        return WasntMeResource.isOf(path);
    }

    @Override
    public String mediaType() {
        return WasntMeResource.HTML;
    }

    @Override
    public Object of(int status, @Nullable String accepted) {
        var words = messages.page(languages(accepted));
        return status == 404
                ? Pages.said(words, PageText.UNKNOWN_TITLE, PageText.UNKNOWN_TEXT)
                        .render()
                : Pages.said(words, PageText.UNAVAILABLE_TITLE, PageText.UNAVAILABLE_TEXT)
                        .render();
    }

    /** The tags in the order in which they stand, which is how browsers send them (RFC 9110 section 12.5.4). */
    static List<String> languages(@Nullable String header) {
        return Optional.ofNullable(header).stream()
                .flatMap(value -> Arrays.stream(value.split(",", 10)))
                .map(range -> range.split(";", 2)[0].strip())
                .toList();
    }
}
