package io.postern.audit;

import io.postern.audit.Fault.Kind;
import io.postern.store.StoreUnavailable;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Verifies chains: names the first row that is not as it was sealed, in bounded memory (RULES H5). */
@Singleton
final class Verifier {

    private final DataSource dataSource;
    private final Chains chains;
    private final SealedRows rows;
    private final Seals seals;

    Verifier(DataSource dataSource, Chains chains, SealedRows rows, Seals seals) {
        this.dataSource = dataSource;
        this.chains = chains;
        this.rows = rows;
        this.seals = seals;
    }

    /**
     * All that was sealed and not dropped by retention.
     *
     * @param known a head of this chain as it was told before: a chain that was replaced as a whole shows by it alone
     */
    Verification verify(String application, @Nullable Link known) {
        return verify(application, Long.MAX_VALUE, known);
    }

    /** The newest rows, at most so many. */
    Verification verifyNewest(String application, long most) {
        return verify(application, most, null);
    }

    private Verification verify(String application, long most, @Nullable Link known) {
        var newest = rows.newest(application); // before the chain is read, so the chain is as long or longer
        var stored = chain(application);
        var chain = stored.chain();
        if (!stored.whole()) {
            return new Verification(1, 0, chain.head(), Fault.at(chain.head().sequence(), Kind.HEAD_CHANGED));
        }
        if (known != null && known.sequence() > chain.head().sequence()) {
            return new Verification(1, 0, chain.head(), Fault.at(chain.head().sequence() + 1, Kind.TAIL_CUT));
        }
        var start = start(chain, most);
        if (start.isEmpty()) {
            return new Verification(1, 0, chain.head(), Fault.at(chain.head().sequence() - most, Kind.MISSING));
        }
        var result = new Walk(rows, seals, chain, start.get(), known).run();
        if (!result.isIntact() && retentionCameBetween(application, result)) {
            return verify(application, most, known);
        }
        var beyond = newest.filter(row -> row.link().sequence() > chain.head().sequence());
        return result.isIntact() && beyond.isPresent()
                ? new Verification(result.first(), result.good(), chain.head(), Fault.of(beyond.get(), Kind.INSERTED))
                : result;
    }

    private Optional<Link> start(Chain chain, long most) {
        long before = chain.head().sequence() - most;
        return before <= chain.dropped().sequence()
                ? Optional.of(chain.dropped())
                : rows.at(chain.application(), before).stream()
                        .map(Fault.Sealed::link)
                        .findFirst();
    }

    /** Rows that were dropped meanwhile are not missing. */
    private boolean retentionCameBetween(String application, Verification result) {
        var now = chain(application);
        return now.whole() && now.chain().dropped().sequence() >= result.first();
    }

    private Chains.Stored chain(String application) {
        try (var connection = dataSource.getConnection()) {
            return chains.of(application, connection);
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }
}
