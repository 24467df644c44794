package io.postern.importing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.postern.crypto.KeyedHash;
import io.postern.factor.Destination;
import io.postern.factor.Factors;
import io.postern.policy.Policy;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import jakarta.inject.Singleton;
import jakarta.validation.Validator;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads lines of an import (NDJSON) and judges each by itself, by the rules of enrollment. A bad one spoils no other. */
@Singleton
final class LineReader {

    private final ObjectMapper mapper;
    private final Validator validator;
    private final Factors factors;
    private final KeyedHash hash;

    LineReader(ObjectMapper mapper, Validator validator, Factors factors, KeyedHash hash) {
        this.mapper = mapper;
        this.validator = validator;
        this.factors = factors;
        this.hash = hash;
    }

    /** The lines of a chunk. The last may lack its end. */
    static List<byte[]> split(byte[] chunk) {
        var lines = new ArrayList<byte[]>();
        int begin = 0;
        for (int at = 0; at < chunk.length; at++) {
            if (chunk[at] == '\n') {
                lines.add(Arrays.copyOfRange(chunk, begin, at));
                begin = at + 1;
            }
        }
        if (begin < chunk.length) {
            lines.add(Arrays.copyOfRange(chunk, begin, chunk.length));
        }
        return lines;
    }

    ReadLine read(long number, byte[] line, Policy policy) {
        try {
            var person = mapper.readValue(text(line), ImportedPerson.class);
            return person == null ? refused(number, Refusal.malformed(null)) : judge(number, person, policy);
        } catch (JsonMappingException e) {
            return refused(number, Refusal.malformed(path(e)));
        } catch (JsonProcessingException | CharacterCodingException e) {
            return refused(number, Refusal.malformed(null));
        }
    }

    private ReadLine judge(long number, ImportedPerson person, Policy policy) {
        var violation = validator.validate(person).stream()
                .map(broken -> broken.getPropertyPath().toString())
                .sorted()
                .findFirst();
        if (violation.isPresent()) {
            return refused(number, Refusal.malformed(violation.get()));
        }
        var adopted = new ArrayList<ReadLine.Adopted>();
        for (var factor : person.factorsOrNone()) {
            try {
                adopted.add(adopt(factor, adopted, policy));
            } catch (Problem problem) {
                return refused(number, Refusal.ofFactor(problem.code(), adopted.size()));
            }
        }
        return new ReadLine.Good(number, person, adopted);
    }

    private ReadLine.Adopted adopt(ImportedFactor factor, List<ReadLine.Adopted> before, Policy policy) {
        if (!policy.allowedFactors().contains(factor.type())) {
            throw Problem.of(ProblemCode.FACTOR_NOT_ALLOWED);
        }
        var kind = factors.of(factor.type());
        var secret = kind.adopt(factor.adoption(), policy).secret();
        var destination = kind.destination(secret).map(known -> digest(factor, known));
        var adopted = new ReadLine.Adopted(
                factor.type(), factor.labelOrDefault(), secret, destination.orElse(null), factor.verifiedAt());
        if (before.stream().anyMatch(other -> isSame(other, adopted.type().id(), destination.orElse(null), secret))) {
            throw Problem.of(ProblemCode.FACTOR_EXISTS);
        }
        return adopted;
    }

    /** Whether it is the factor of that type with that destination, or with that secret where codes are not sent. */
    static boolean isSame(ReadLine.Adopted adopted, String type, byte @Nullable [] destination, byte[] secret) {
        return adopted.type().id().equals(type)
                && (adopted.destination() == null
                        ? MessageDigest.isEqual(adopted.secret(), secret)
                        : Arrays.equals(adopted.destination(), destination));
    }

    /** As enrollment makes it, so that the same address is known again. */
    private byte[] digest(ImportedFactor factor, Destination destination) {
        return hash.of("destination", factor.type().id(), destination.value().toLowerCase(Locale.ROOT));
    }

    private static String text(byte[] line) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
    }

    private static @Nullable String path(JsonMappingException failure) {
        var path = failure.getPath().stream()
                .map(reference ->
                        Optional.ofNullable(reference.getFieldName()).orElseGet(() -> "[" + reference.getIndex() + "]"))
                .collect(Collectors.joining("."));
        return path.isEmpty() ? null : Objects.requireNonNull(path).replace(".[", "[");
    }

    private static ReadLine refused(long number, Refusal refusal) {
        return new ReadLine.Refused(number, refusal);
    }
}
