package io.postern.watching;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.postern.watching.Expression.Match;
import io.postern.watching.Expression.Selector;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ExpressionTest {

    @Test
    void functionsWordsLabelsAndTimesAreNoMetrics() {
        var expression = new Expression("""
                sum by (a_label) (rate(one_total{b="x|y", c!~"not_this.+"}[5m] offset 1d)) / on (d) group_left (e) two
                and max without (f) (three:ratio1d) > 0.5 or time() - four{} > 5m""");
        assertEquals(Set.of("one_total", "two", "three:ratio1d", "four"), expression.metrics());
        assertEquals(
                new Selector("one_total", List.of(new Match("b", "x|y"), new Match("c", "not_this.+"))),
                expression.selectors().getFirst());
    }
}
