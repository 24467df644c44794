package io.postern.application;

import io.postern.policy.Policy;

/** An application that is not suspended, as other features see it. */
public record ApplicationState(String id, String name, Policy policy) {}
