package io.postern.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The chains' ends while one batch is sealed. */
final class Ends {

    private final Chains chains;
    private final Connection connection;
    private final Set<String> broken;
    private final Map<String, Chain> known = new HashMap<>();
    private final Set<String> moved = new LinkedHashSet<>();

    /** @param broken applications whose chain is not sealed on; those that are found are added */
    Ends(Chains chains, Connection connection, Set<String> broken) throws SQLException {
        this.chains = chains;
        this.connection = connection;
        this.broken = broken;
        for (var stored : chains.all(connection)) {
            take(stored);
        }
    }

    /** The newest link of the application; empty when its chain is not to be sealed on. */
    Optional<Link> of(String application) throws SQLException {
        if (!known.containsKey(application) && !broken.contains(application)) {
            take(chains.of(application, connection));
        }
        return Optional.ofNullable(known.get(application)).map(Chain::head);
    }

    void move(String application, Link newer) {
        known.computeIfPresent(application, (name, chain) -> chain.headedBy(newer));
        moved.add(application);
    }

    void save() throws SQLException {
        for (var application : moved) {
            var chain = known.get(application);
            if (chain != null) {
                chains.save(chain, connection);
            }
        }
    }

    private void take(Chains.Stored stored) {
        var application = stored.chain().application();
        if (stored.whole()) {
            known.put(application, stored.chain());
        } else {
            broken.add(application);
        }
    }
}
