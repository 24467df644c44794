package io.postern.reversal;

import io.postern.message.Notice;
import io.postern.subject.SubjectRecord;
import java.time.Instant;

/**
 * A change that has its place in the order of the subject's changes.
 *
 * @param number grows with each change of the subject
 * @param subject as it was before the change
 * @param notice what people are told of it
 */
public record NotedChange(long number, SubjectRecord subject, Notice notice, Instant at) {}
