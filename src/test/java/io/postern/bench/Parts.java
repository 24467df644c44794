package io.postern.bench;

import com.sun.management.OperatingSystemMXBean;
import io.postern.harness.Postern;
import java.lang.management.ManagementFactory;

/** The processor time and the memory of all that takes part, up to a moment. */
record Parts(Usage service, Usage postgres, Usage redis, long generatorNanos) {

    static Parts now(Postern postern) {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Parts(
                Usage.of(postern.copy(0).pid()),
                Usage.of(postern.postgres().pid()),
                Usage.of(postern.redis().pid()),
                system.getProcessCpuTime());
    }
}
