package io.postern.challenge;

/**
 * What Postgres decided of a try.
 *
 * @param approved whether the challenge is approved by this try, and by no other
 * @param right whether the code was right and its step not spent before
 * @param locked whether this failure locked the factor (RULES D3)
 * @param told whether this failure is one that the person is to be told of (RULES D3)
 * @param nearMiss whether the code is of a time near by, and this try has spent its step (RULES C1)
 * @param spentCodes a bit for each code of a set that was used
 */
record Decision(boolean approved, boolean right, boolean locked, boolean told, boolean nearMiss, long spentCodes) {}
