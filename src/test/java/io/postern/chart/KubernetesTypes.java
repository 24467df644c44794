package io.postern.chart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.Optional;

/**
 * The types of the Kubernetes API as two clients of it have them: one refuses members that are missing or unknown, the other members
 * that are unknown or of another type. The classes are found by name, so that who only starts the try-out need not fetch them.
 */
final class KubernetesTypes {

    private static final String REQUIRING = "io.kubernetes.client.openapi.models.";
    private static final String TYPED = "io.fabric8.kubernetes.api.model.";
    private static final String MONITORING = "io.fabric8.openshift.api.model.monitoring.v1.";

    /**
     * @param requiring the class that knows what must be there; null for kinds that are no part of Kubernetes itself
     * @param typed the class that knows the type of each member
     */
    private record Type(Optional<String> requiring, String typed) {}

    private static final Map<String, Type> TYPES = Map.ofEntries(
            core("v1 ConfigMap", "V1ConfigMap", "ConfigMap"),
            core("v1 Pod", "V1Pod", "Pod"),
            core("v1 Secret", "V1Secret", "Secret"),
            core("v1 Service", "V1Service", "Service"),
            core("v1 ServiceAccount", "V1ServiceAccount", "ServiceAccount"),
            core("v1 Namespace", "V1Namespace", "Namespace"),
            core("apps/v1 Deployment", "V1Deployment", "apps.Deployment"),
            core("apps/v1 StatefulSet", "V1StatefulSet", "apps.StatefulSet"),
            core("batch/v1 Job", "V1Job", "batch.v1.Job"),
            core(
                    "autoscaling/v2 HorizontalPodAutoscaler",
                    "V2HorizontalPodAutoscaler",
                    "autoscaling.v2.HorizontalPodAutoscaler"),
            core("networking.k8s.io/v1 Ingress", "V1Ingress", "networking.v1.Ingress"),
            core("networking.k8s.io/v1 NetworkPolicy", "V1NetworkPolicy", "networking.v1.NetworkPolicy"),
            core("policy/v1 PodDisruptionBudget", "V1PodDisruptionBudget", "policy.v1.PodDisruptionBudget"),
            further("gateway.networking.k8s.io/v1 HTTPRoute", TYPED + "gatewayapi.v1.HTTPRoute"),
            further("monitoring.coreos.com/v1 ServiceMonitor", MONITORING + "ServiceMonitor"),
            further("monitoring.coreos.com/v1 PrometheusRule", MONITORING + "PrometheusRule"));

    private static final ObjectMapper STRICT = strict();

    private KubernetesTypes() {}

    private static Map.Entry<String, Type> core(String kind, String requiring, String typed) {
        return Map.entry(kind, new Type(Optional.of(REQUIRING + requiring), TYPED + typed));
    }

    private static Map.Entry<String, Type> further(String kind, String typed) {
        return Map.entry(kind, new Type(Optional.empty(), typed));
    }

    private static ObjectMapper strict() {
        var mapper = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .annotationIntrospector(new WithoutFurtherMembers());
        for (var shape : new CoercionInputShape[] {
            CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean
        }) {
            mapper.withCoercionConfig(
                    LogicalType.Textual, coercion -> coercion.setCoercion(shape, CoercionAction.Fail));
        }
        return mapper.build();
    }

    /** The client keeps members that it does not know; here they are faults. */
    private static final class WithoutFurtherMembers extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }

        @Override
        public boolean hasIgnoreMarker(AnnotatedMember member) {
            return member.getName().contains("dditionalPropert") || super.hasIgnoreMarker(member);
        }
    }

    /**
     * Holds an object against its type.
     *
     * @throws IllegalArgumentException when a member is missing, unknown or of another type, with what it is
     */
    static void check(Manifest manifest) {
        var type = TYPES.get(manifest.apiVersion() + " " + manifest.kind());
        if (type == null) {
            throw new IllegalArgumentException("No type is known for " + manifest);
        }
        type.requiring().ifPresent(name -> require(name, manifest));
        try {
            STRICT.treeToValue(manifest.json(), Class.forName(type.typed()));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(manifest + ": " + e.getMessage(), e);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static void require(String name, Manifest manifest) {
        try {
            Class.forName(name)
                    .getMethod("validateJsonElement", JsonElement.class)
                    .invoke(null, JsonParser.parseString(manifest.json().toString()));
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(manifest + ": " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(name, e);
        }
    }
}
