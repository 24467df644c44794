package io.postern.bench;

import io.postern.harness.Totp;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;

/**
 * Hands out right codes, none twice (RULES C1): every subject has its turn before one comes again, and then with a later
 * step. The turns go through the subjects in leaps, so that those who sign in together do not lie together in Postgres.
 */
final class Codes {
    private static final double LEAP = 0.618;

    /** The code of the step before is handed out until so many seconds before its end: it has a way to go. */
    private static final long MARGIN = 5;

    private final int[] spent;
    private final long leap;
    private long turn;

    Codes(int subjects) {
        spent = new int[subjects];
        leap = coprime(subjects);
    }

    /** A subject with a code that is right now. */
    record Turn(Subject subject, String code) {}

    /** Empty when all codes of this time are spent. */
    Optional<Turn> next() {
        int number;
        long step;
        synchronized (this) {
            number = (int) (turn * leap % spent.length);
            Instant now = Instant.now();
            long present = Totp.step(now);
            step = Math.max(spent[number] + 1L, Totp.step(now.plusSeconds(MARGIN)) - 1);
            if (step > present + 1) {
                return Optional.empty();
            }
            spent[number] = (int) step;
            turn++;
        }
        Subject subject = Subject.of(number);
        return Optional.of(new Turn(subject, subject.code(step)));
    }

    /** Whether some subjects have had their turn already. */
    synchronized boolean isWorn() {
        return turn > spent.length;
    }

    private static long coprime(int subjects) {
        var all = BigInteger.valueOf(subjects);
        long candidate = Math.max(1, (long) (subjects * LEAP));
        while (!all.gcd(BigInteger.valueOf(candidate)).equals(BigInteger.ONE)) {
            candidate++;
        }
        return candidate;
    }
}
