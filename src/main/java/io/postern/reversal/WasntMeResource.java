package io.postern.reversal;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.postern.application.ApplicationState;
import io.postern.application.Applications;
import io.postern.message.Branding;
import io.postern.message.Messages;
import io.postern.message.PageText;
import io.postern.message.Words;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/**
 * The page behind the link of a notice. To look at it does nothing, for mail scanners follow links; only the button acts. The
 * link's token is the whole authority, so it stands in no address that acts, and a page that a browser says is another's may
 * not press the button even if it knew the token.
 */
@Path(WasntMeResource.PATH)
@PermitAll
@RunOnVirtualThread
@Produces(WasntMeResource.HTML)
final class WasntMeResource {

    static final String PATH = "/wasnt-me";
    static final String HTML = "text/html;charset=UTF-8";

    private final Disowning disowning;
    private final Applications applications;
    private final Messages messages;
    private final PublicAddress address;

    WasntMeResource(Disowning disowning, Applications applications, Messages messages, PublicAddress address) {
        this.disowning = disowning;
        this.applications = applications;
        this.messages = messages;
        this.address = address;
    }

    static boolean isOf(@Nullable String path) {
        return path != null && (path.equals(PATH) || path.startsWith(PATH + "/"));
    }

    @GET
    @Path("/{token}")
    @Operation(hidden = true)
    public Response show(
            @PathParam("token") String token, @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String languages) {
        return disowning
                .look(token)
                .map(change -> page(change, token))
                .orElseGet(() -> said(404, languages, PageText.UNKNOWN_TITLE, PageText.UNKNOWN_TEXT));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response act(
            @Nullable String form,
            @HeaderParam("Sec-Fetch-Site") @Nullable String site,
            @HeaderParam("Origin") @Nullable String origin,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String languages) {
        if (!isOwn(site, origin)) {
            return said(403, languages, PageText.STRANGE_TITLE, PageText.STRANGE_TEXT);
        }
        return disowning
                .act(token(form))
                .map(change -> page(change, ""))
                .orElseGet(() -> said(404, languages, PageText.UNKNOWN_TITLE, PageText.UNKNOWN_TEXT));
    }

    /** Read by hand, because what Quarkus reads of forms it keeps in files. Empty where the form has none. */
    private static String token(@Nullable String form) {
        try {
            return new QueryStringDecoder(form == null ? "" : form, false)
                    .parameters()
                    .getOrDefault("token", List.of(""))
                    .getFirst();
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /**
     * Whether the form is our own, as the browser says (Fetch Metadata; RFC 6454). A page with {@code no-referrer} has the
     * origin {@code null}, which decides nothing where the browser does not say the site; without either it is no browser.
     */
    private boolean isOwn(@Nullable String site, @Nullable String origin) {
        return site == null
                ? origin != null && (origin.equals("null") || origin.equals(address.origin()))
                : site.equals("same-origin");
    }

    private Response page(LinkedChange change, String token) {
        var words = words(applications.requireActive(change.application()), change.locale());
        return answer(
                200,
                words,
                change.disowned()
                        ? Pages.said(words, PageText.DISOWNED_TITLE, PageText.DISOWNED_DONE, PageText.DISOWNED_NEXT)
                        : Pages.confirm(words, change, address.of(PATH).getRawPath(), token));
    }

    private Words words(ApplicationState application, @Nullable String locale) {
        var policy = application.policy();
        return messages.page(
                new Branding(application.id(), application.name(), policy.defaultLocale(), policy.texts()), locale);
    }

    private Response said(int status, @Nullable String languages, PageText title, PageText text) {
        var words = messages.page(PageErrors.languages(languages));
        return answer(status, words, Pages.said(words, title, text));
    }

    private static Response answer(int status, Words words, TemplateInstance page) {
        return Response.status(status)
                .header(HttpHeaders.CONTENT_LANGUAGE, words.language())
                .entity(page.render())
                .build();
    }
}
