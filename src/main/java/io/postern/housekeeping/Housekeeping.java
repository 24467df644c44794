package io.postern.housekeeping;

import io.micrometer.core.instrument.MeterRegistry;
import io.postern.problem.LoggedFailure;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Runs the tasks at the start, before the first call is answered, and then each interval. Each batch of each task has a
 * transaction of its own, in which the copy is alone at that task. A round that fails is made up for by the next.
 */
@Singleton
class Housekeeping {

    private static final Logger LOG = Logger.getLogger(Housekeeping.class);

    /** A minute's sign-ins of busy copies: what comes with each of them must go as fast as it came. */
    private static final int MOST_BATCHES = 300;

    private final DataSource dataSource;
    private final Map<HousekeepingTask, TaskMeters> tasks = new LinkedHashMap<>();

    Housekeeping(DataSource dataSource, @All List<HousekeepingTask> tasks, MeterRegistry registry, Clock clock) {
        this.dataSource = dataSource;
        tasks.forEach(task -> this.tasks.put(task, new TaskMeters(task.name(), registry, clock)));
        if (tasks.stream().map(HousekeepingTask::name).distinct().count() < tasks.size()) {
            throw new IllegalStateException("Two housekeeping tasks have the same name");
        }
    }

    void onStart(@Observes StartupEvent start) {
        run();
    }

    // Without the delay the first round would come a second time, beside calls that are already answered.
    @Scheduled(
            every = HousekeepingConfig.EVERY,
            delayed = HousekeepingConfig.EVERY,
            concurrentExecution = ConcurrentExecution.SKIP)
    void run() {
        tasks.forEach(this::round);
    }

    private void round(HousekeepingTask task, TaskMeters meters) {
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            for (int batches = 0; batches < MOST_BATCHES; batches++) {
                var batch = batch(connection, task);
                if (batch.isEmpty()) {
                    meters.elsewhere();
                    return;
                }
                meters.rows(batch.get().rows());
                if (!batch.get().more()) {
                    break;
                }
            }
            meters.done();
        } catch (SQLException | RuntimeException e) {
            meters.failed();
            LOG.warnf("Housekeeping failed at %s and is tried again soon: %s", task.name(), reason(e));
        }
    }

    private static String reason(Exception failure) {
        return failure instanceof SQLException sql ? "SQLSTATE " + sql.getSQLState() : LoggedFailure.describe(failure);
    }

    /** Empty when another copy is at it. */
    private static Optional<HousekeepingTask.Batch> batch(Connection connection, HousekeepingTask task)
            throws SQLException {
        try {
            Optional<HousekeepingTask.Batch> batch =
                    Alone.at(task.name(), connection) ? Optional.of(task.run(connection)) : Optional.empty();
            connection.commit();
            return batch;
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        }
    }
}
