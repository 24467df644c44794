package io.postern.demo;

/** A change that waits until the person has proven themselves for it. */
record StepUp(Change change, OpenChallenge challenge) {}
