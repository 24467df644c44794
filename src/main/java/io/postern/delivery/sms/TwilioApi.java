package io.postern.delivery.sms;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Form;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The one call of Twilio's API that is used. */
@RegisterRestClient
@Path("/2010-04-01/Accounts/{account}/Messages.json")
interface TwilioApi {

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    Uni<Response> send(
            @PathParam("account") String account,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            Form message);
}
