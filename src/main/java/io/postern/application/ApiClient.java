package io.postern.application;

import java.util.Set;

/** An API client whose secret was right. */
public record ApiClient(String id, String application, Set<Scope> scopes) {}
