package io.postern.delivery.sms;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** A signed POST. */
@RegisterRestClient
@Path("")
interface HttpApi {

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<Response> send(
            @HeaderParam("webhook-id") String id,
            @HeaderParam("webhook-timestamp") long timestamp,
            @HeaderParam("webhook-signature") String signature,
            String body);
}
