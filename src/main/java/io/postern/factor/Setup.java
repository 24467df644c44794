package io.postern.factor;

/** What a person needs to set a factor up; each kind of factor has its own record, whose members join the answer. */
public interface Setup {}
