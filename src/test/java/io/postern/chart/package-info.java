/** The Helm chart in {@code helm/postern} and the manifests in {@code k8s}, rendered and held against what Kubernetes takes. */
@NullMarked
package io.postern.chart;

import org.jspecify.annotations.NullMarked;
