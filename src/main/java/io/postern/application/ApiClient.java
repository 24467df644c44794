package io.postern.application;

import java.util.Set;
import java.util.UUID;

/**
 * An API client whose secret was right.
 *
 * @param secret which of its secrets it was
 */
public record ApiClient(String id, String application, Set<Scope> scopes, UUID secret) {}
