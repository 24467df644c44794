package io.postern.chart;

import io.postern.embedded.Build;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The cluster that is asked for what is there already when the chart is rendered. The build names its kubeconfig in the environment,
 * because Helm would otherwise ask the cluster that whoever runs the tests works with.
 */
final class EmptyCluster {

    private static final ApiServer SERVER = start();

    private EmptyCluster() {}

    /** Refuses to go on with any other cluster. */
    static void isTheCurrentOne() {
        if (SERVER.all().isEmpty()) {
            return;
        }
        throw new IllegalStateException("Something was put into the empty cluster");
    }

    private static ApiServer start() {
        var named = System.getenv("KUBECONFIG");
        var kubeconfig = Build.directory().resolve("kubeconfig");
        if (named == null || !Path.of(named).equals(kubeconfig)) {
            throw new IllegalStateException("Set KUBECONFIG=" + kubeconfig + ", which these tests write");
        }
        try {
            var server = ApiServer.start();
            Files.writeString(kubeconfig, server.kubeconfig());
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
