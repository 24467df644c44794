package io.postern.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.postern.embedded.Build;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PosternIT {
    @Test
    void everyTestSharesTwoReadyCopiesOnOneSetOfStores() throws Exception {
        Postern postern = Postern.shared();

        assertSame(postern, Postern.shared());
        assertNotEquals(postern.first(), postern.second());
        assertEquals(200, Api.at(postern.first()).get("/q/health/ready").status());
        assertEquals(200, Api.at(postern.second()).get("/q/health/ready").status());
        assertTrue(Files.size(postern.logs().get(1)) > 0);
    }

    /** Else the cache fits the jar no longer, and everybody's copies start as slowly as without. */
    @Test
    void copiesStartFromTheCacheOfTheTrainingRun() throws Exception {
        assumeTrue(Files.exists(Build.aotCache()), "no training run was made");
        var maps = Path.of("/proc", Long.toString(Postern.shared().copy(0).pid()), "maps");

        assertTrue(Files.readString(maps).contains(Build.aotCache().toString()));
    }

    @Test
    void setOfItsOwnEndsWhenItIsClosedAndLeavesItsLog() {
        Postern own = Postern.start(Postern.Options.DEFAULT.withCopies(1));
        List<Long> pids =
                List.of(own.copy(0).pid(), own.postgres().pid(), own.redis().pid());

        own.close();

        assertFalse(pids.stream().anyMatch(pid -> ProcessHandle.of(pid).isPresent()));
        assertTrue(Files.exists(own.logs().getFirst()));
    }
}
