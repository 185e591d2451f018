package org.signet.pass.tfl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.ir.Graph;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.pass.rewrite.PatternFixture;
import org.signet.pass.rewrite.Rewriter;
import org.signet.type.DType;

class KeepNanTest extends PatternFixture {
  private final KeepNan rule = new KeepNan();

  private Value reduced(String builtin, boolean keep, Value input) {
    return graphs.builtin(builtin, Attributes.of("keep_dims", keep), input, graphs.ints(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"REDUCE_MAX", "REDUCE_MIN"})
  void extremesOfFloats(String builtin) {
    assertThat(fires(rule, reduced(builtin, false, x(-1, 3))))
        .containsExactly("NOT_EQUAL", "REDUCE_ANY", builtin, "SELECT_V2");
  }

  @Test
  void ofRanksThatAreNotBroadcast() {
    assertThat(fires(rule, reduced("REDUCE_MAX", true, x(-1, 3, 1, 1, 2, 1))))
        .containsExactly("NOT_EQUAL", "REDUCE_ANY", "REDUCE_MAX", "SHAPE", "FILL", "SELECT");
  }

  @Test
  void whatIsNoExtremeOfFloatsStays() {
    doesNotFire(rule, reduced("SUM", false, x(-1, 3)));
    doesNotFire(rule, reduced("REDUCE_MAX", false, graphs.input(DType.INT32, -1, 3)));
    Attributes types = Attributes.of("in_data_type", "INT32", "out_data_type", "FLOAT32");
    Value cast = graphs.builtin("CAST", types, graphs.input(DType.INT32, -1, 3));
    doesNotFire(rule, reduced("REDUCE_MAX", false, cast));
  }

  @Test
  void whatMayHoldANanIsLookedAt() {
    Value chosen = op("SELECT", graphs.input(DType.BOOL, 2, 3), x(2, 3), x(2, 3));
    assertThat(fires(rule, reduced("REDUCE_MAX", false, chosen))).contains("NOT_EQUAL");
    Attributes types = Attributes.of("in_data_type", "FLOAT16", "out_data_type", "FLOAT32");
    Value cast = graphs.builtin("CAST", types, graphs.input(DType.FLOAT16, 2, 3));
    assertThat(fires(rule, reduced("REDUCE_MAX", false, cast))).contains("NOT_EQUAL");
  }

  @Test
  void ofUnknownRank() {
    Value largest = reduced("REDUCE_MAX", true, unranked());
    Graph graph = new Rewriter(List.of(rule), graphs.builder()::fresh).apply(graphs.build(largest));
    assertThat(graph.nodes()).extracting(node -> node.op().name()).endsWith("SELECT_V2");
  }
}
