package org.signet.pass.rewrite;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.signet.ir.Evaluator;
import org.signet.ir.Graphs;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.FusedActivation;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/** What tests of rules build their graphs of, and how they try a rule on them. */
public abstract class PatternFixture {
  protected static final Attributes NONE = Attributes.of(FusedActivation.OPTION, "NONE");

  protected final Graphs graphs = new Graphs();

  @AfterEach
  void close() {
    graphs.close();
  }

  /** The ops that {@code rule} makes of the graph of these outputs. */
  protected List<String> fires(Rule rule, Value... outputs) {
    return fires(() -> new RuleTester(rule), outputs);
  }

  protected List<String> fires(Supplier<RuleTester> rule, Value... outputs) {
    try (RuleTester tester = rule.get()) {
      return tester.firesTo(graphs.build(outputs));
    }
  }

  protected void doesNotFire(Rule rule, Value... outputs) {
    doesNotFire(() -> new RuleTester(rule), outputs);
  }

  protected void doesNotFire(Supplier<RuleTester> rule, Value... outputs) {
    try (RuleTester tester = rule.get()) {
      tester.doesNotFire(graphs.build(outputs));
    }
  }

  protected Value x(int... shape) {
    return graphs.input(DType.FLOAT32, shape);
  }

  protected Value number(double value) {
    return graphs.constant(Tensor.scalar((float) value));
  }

  protected Value numbers(int... shape) {
    return graphs.constant(Evaluator.madeUp(TensorType.of(DType.FLOAT32, shape), shape.length));
  }

  /** An operator without options but, where it has one, a fused activation. */
  protected Value op(String builtin, Value... operands) {
    boolean fusing = List.of("ADD", "DIV", "MUL", "SUB").contains(builtin);
    return graphs.builtin(builtin, fusing ? NONE : Attributes.NONE, operands);
  }

  protected Value turned(Value value, int... order) {
    return op("TRANSPOSE", value, graphs.ints(order));
  }

  /** Floats of which not even the rank is known. */
  protected Value unranked() {
    return graphs.builder().input("x", TensorType.unranked(DType.FLOAT32));
  }

  /** An operator with one activation. */
  protected Value active(String builtin, String activation, Value... operands) {
    return graphs.builtin(builtin, Attributes.of(FusedActivation.OPTION, activation), operands);
  }

  /** {@code value} in a shape of these sizes, and of those of {@code like} where one is -1. */
  protected Value shapedLike(Value like, Value value, int... sizes) {
    Value all = graphs.builtin("SHAPE", Attributes.of("out_type", "INT32"), like);
    Value[] parts =
        IntStream.range(0, sizes.length)
            .mapToObj(i -> sizes[i] < 0 ? size(all, i) : graphs.constant(Tensor.scalar(sizes[i])))
            .toArray(Value[]::new);
    Attributes pack = Attributes.of("values_count", sizes.length, "axis", 0);
    return op("RESHAPE", value, graphs.builtin("PACK", pack, parts));
  }

  private Value size(Value sizes, int i) {
    return graphs.builtin(
        "STRIDED_SLICE",
        Attributes.of("shrink_axis_mask", 1),
        sizes,
        graphs.ints(i),
        graphs.ints(i + 1),
        graphs.ints(1));
  }
}
