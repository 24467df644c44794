package io.postern.audit;

import io.postern.audit.Fault.Kind;
import io.postern.audit.Fault.Sealed;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One walk along a chain, row by row, up to the first fault. Holds a batch of rows at a time. */
final class Walk {

    private final SealedRows rows;
    private final Seals seals;
    private final Chain chain;
    private final @Nullable Link known;
    private final Link start;
    private Link last;

    /**
     * @param start a link that is taken for right
     * @param known a link that the chain must have, if it is behind the start
     */
    Walk(SealedRows rows, Seals seals, Chain chain, Link start, @Nullable Link known) {
        this.rows = rows;
        this.seals = seals;
        this.chain = chain;
        this.start = start;
        this.known = known;
        this.last = start;
    }

    Verification run() {
        var fault = walk();
        return new Verification(start.sequence() + 1, last.sequence() - start.sequence(), chain.head(), fault);
    }

    private @Nullable Fault walk() {
        if (known != null && known.sequence() == start.sequence() && !isSame(known, start)) {
            return Fault.at(start.sequence(), Kind.REPLACED);
        }
        long end = chain.head().sequence();
        long id = Long.MAX_VALUE; // of the start's row, whatever it is
        List<Sealed> batch;
        do {
            long to = Math.min(end, last.sequence() + SealedRows.BATCH);
            batch = rows.behind(chain.application(), last.sequence(), id, to);
            for (var row : batch) {
                var fault = step(row, batch);
                if (fault != null) {
                    return fault;
                }
                last = row.link();
                id = row.row().id();
            }
        } while (!batch.isEmpty());
        if (last.sequence() < end) {
            return Fault.at(last.sequence() + 1, isFollowed() ? Kind.MISSING : Kind.TAIL_CUT);
        }
        return isSame(last, chain.head()) ? null : Fault.at(end, Kind.HEAD_CHANGED);
    }

    private boolean isFollowed() {
        return rows.newest(chain.application())
                .filter(row -> row.link().sequence() > last.sequence())
                .isPresent();
    }

    private @Nullable Fault step(Sealed row, List<Sealed> batch) {
        long next = last.sequence() + 1;
        if (row.link().sequence() > next) {
            return Fault.at(next, Kind.MISSING);
        }
        if (row.link().sequence() < next) {
            return Fault.of(row, Kind.INSERTED);
        }
        if (!fits(row)) {
            return Fault.of(row, kind(row, batch));
        }
        boolean other = known != null && known.sequence() == next && !isSame(known, row.link());
        return other ? Fault.of(row, Kind.REPLACED) : null;
    }

    private boolean fits(Sealed row) {
        return row.keyId().equals(seals.keyId())
                && MessageDigest.isEqual(seals.of(row.row(), last), row.link().mac())
                && seals.isWhole(row.row().personal(), row.row().subject());
    }

    /** What was done to a row that does not fit: the one that belongs here may be near. */
    @SuppressWarnings("ReferenceEquality") // every row but this very one, also one that is the same in all it says
    private Kind kind(Sealed row, List<Sealed> batch) {
        if (rows.at(chain.application(), row.link().sequence()).stream().anyMatch(this::fits)) {
            return Kind.INSERTED;
        }
        boolean elsewhere = batch.stream().filter(other -> other != row).anyMatch(other -> belongsTo(row, other));
        return elsewhere ? Kind.REORDERED : Kind.CHANGED;
    }

    /** Whether the other row was sealed at this place: its own mac says so, or the one that stayed here does. */
    private boolean belongsTo(Sealed place, Sealed other) {
        var mac = seals.of(other.row(), last);
        return MessageDigest.isEqual(mac, other.link().mac())
                || MessageDigest.isEqual(mac, place.link().mac());
    }

    private static boolean isSame(Link one, Link other) {
        return one.sequence() == other.sequence() && MessageDigest.isEqual(one.mac(), other.mac());
    }
}
