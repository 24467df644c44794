package io.postern.input;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import jakarta.inject.Singleton;
import jakarta.validation.ParameterNameProvider;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import org.hibernate.validator.spi.nodenameprovider.JavaBeanProperty;
import org.hibernate.validator.spi.nodenameprovider.Property;
import org.hibernate.validator.spi.nodenameprovider.PropertyNodeNameProvider;

/** Lets violations name what the caller wrote: the field of the JSON, the header, the part of the path or query, or the body.
 * Quarkus hands the validator every bean that gives names.
 */
@Singleton
final class JsonNames implements PropertyNodeNameProvider, ParameterNameProvider {

    private final ObjectMapper mapper;

    JsonNames(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public String getName(Property property) {
        if (!(property instanceof JavaBeanProperty field)) {
            return property.getName();
        }
        return mapper
                .getDeserializationConfig()
                .introspect(mapper.constructType(field.getDeclaringClass()))
                .findProperties()
                .stream()
                .filter(known -> known.getInternalName().equals(field.getName()))
                .map(BeanPropertyDefinition::getName)
                .findFirst()
                .orElseGet(() -> SnakeCaseStrategy.INSTANCE.translate(field.getName()));
    }

    @Override
    public List<String> getParameterNames(Constructor<?> constructor) {
        return names(constructor);
    }

    @Override
    public List<String> getParameterNames(Method method) {
        return names(method);
    }

    private static List<String> names(Executable executable) {
        return Arrays.stream(executable.getParameters()).map(JsonNames::name).toList();
    }

    private static String name(Parameter parameter) {
        var path = parameter.getAnnotation(PathParam.class);
        var header = parameter.getAnnotation(HeaderParam.class);
        var query = parameter.getAnnotation(QueryParam.class);
        return path != null ? path.value() : header != null ? header.value() : query != null ? query.value() : "body";
    }
}
