package io.postern.problem;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Takes hold of the errors that are found by the framework, before a resource is reached, as well as of a resource's own. */
final class ErrorFormFilter {

    private final ErrorForms forms;

    ErrorFormFilter(ErrorForms forms) {
        this.forms = forms;
    }

    @ServerResponseFilter
    void filter(ContainerResponseContext response, HttpServerRequest request) {
        if (response.getEntity() instanceof ProblemDetails details) {
            var rendered = forms.render(details, request);
            response.setEntity(rendered.body(), null, MediaType.valueOf(rendered.mediaType()));
        }
    }
}
