package io.postern.demo.web;

/** Answers one request. */
@FunctionalInterface
public interface Handler {
    Response handle(Request request);
}
