package io.postern.subject;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a person chose for themselves. */
@Schema(name = "Preferences", requiredProperties = "ask_every_sign_in")
@RegisterForReflection
public record Preferences(
        @NotNull @Schema(description = "Ask for the second step at every sign-in, on every computer")
        Boolean askEverySignIn) {}
