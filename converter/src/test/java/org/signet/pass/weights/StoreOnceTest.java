package org.signet.pass.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.signet.diag.Origin;
import org.signet.ir.Graph;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Node;
import org.signet.ir.Program;
import org.signet.ir.Signature;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpDefinitions;
import org.signet.op.OpKey;
import org.signet.pass.rewrite.PatternFixture;
import org.signet.pass.rewrite.RuleTester;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** Weights of several forms; each graph multiplies inputs by them, so that all are used. */
class StoreOnceTest extends PatternFixture {
  private final Value w = numbers(40, 30);

  /** The pass, with every op as good as a builtin. */
  private RuleTester tester() {
    return tester(Optional::of);
  }

  private RuleTester tester(Function<Graph, Optional<Graph>> lowering) {
    return new RuleTester(builders -> pass(builders, lowering));
  }

  private UnaryOperator<Graph> pass(
      Supplier<GraphBuilder> builders, Function<Graph, Optional<Graph>> lowering) {
    StoreOnce pass =
        new StoreOnce(graphs.derivations(), OpDefinitions.standard(), builders, lowering);
    return graph -> pass.apply(program(graph)).signatures().getFirst().graph();
  }

  private static Program program(Graph graph) {
    List<String> inputs = graph.inputs().stream().map(Value::name).toList();
    List<String> outputs = graph.outputs().stream().map(value -> "output").toList();
    return new Program(List.of(new Signature("s", inputs, outputs, graph)));
  }

  /** A use of {@code weights}, whatever their type and shape. */
  private Value used(Value weights) {
    return op("ADD", graphs.input(weights.type().dtype(), weights.type().shape().dims()), weights);
  }

  private Value slice(Value value, int top, int left, int height, int width) {
    return op("SLICE", value, graphs.ints(top, left), graphs.ints(height, width));
  }

  private static List<String> with(String... computations) {
    return List.of(computations);
  }

  private void computes(List<String> ops, Value... outputs) {
    assertThat(fires(this::tester, outputs).stream().filter(op -> !op.equals("ADD")))
        .containsExactlyElementsOf(ops);
  }

  private void storesAll(Value... outputs) {
    doesNotFire(this::tester, outputs);
  }

  @Test
  void whatIsTransposedIsTransposedWhenItRuns() {
    computes(with("TRANSPOSE"), used(w), used(turned(w, 1, 0)));
  }

  @Test
  void ofTwoOrdersOneIsStored() {
    Value filter = numbers(3, 3, 8, 6);
    computes(
        with("FlexTranspose", "TRANSPOSE"),
        used(turned(filter, 3, 0, 1, 2)),
        used(turned(filter, 2, 0, 1, 3)));
  }

  @Test
  void partsOfWhatIsStoredAreCutWhenItRuns() {
    computes(with("SLICE"), used(w), used(slice(w, 1, 0, 20, 30)));
  }

  @Test
  void partsThatOverlapAreCutOfTheWhole() {
    computes(with("SLICE", "SLICE"), used(slice(w, 0, 0, 30, 30)), used(slice(w, 9, 0, 31, 30)));
  }

  @Test
  void partsThatDoNotOverlapAreStored() {
    storesAll(used(slice(w, 0, 0, 20, 30)), used(slice(w, 20, 0, 20, 30)));
  }

  @Test
  void aSinglePartIsStored() {
    storesAll(used(slice(w, 0, 0, 30, 30)));
  }

  @Test
  void chainsAreFollowed() {
    Value part = slice(op("NEG", w), 0, 0, 20, 30);
    computes(with("NEG", "SLICE", "TRANSPOSE"), used(w), used(turned(part, 1, 0)));
  }

  @Test
  void whatBelongsToOneFormIsComputedOfIt() {
    Value negative = op("NEG", w);
    computes(with("TRANSPOSE"), used(negative), used(turned(negative, 1, 0)));
  }

  @Test
  void joinedWeightsAreJoinedWhenItRuns() {
    Value other = numbers(40, 10);
    Value both = graphs.builtin("CONCATENATION", NONE.with("axis", 1), w, other);
    computes(with("CONCATENATION"), used(w), used(other), used(both));
  }

  @Test
  void joinedWeightsAreStoredWhereAPartIsNot() {
    Value both = graphs.builtin("CONCATENATION", NONE.with("axis", 1), w, numbers(40, 31));
    storesAll(used(w), used(both));
  }

  @Test
  void smallFactorsAreStoredInPlaceOfTheProduct() {
    Value wide = numbers(10, 300);
    Value factors = op("NEG", numbers(1, 300));
    computes(with("MUL"), used(wide), used(op("MUL", wide, factors)));
  }

  @Test
  void whatTakesLongToComputeIsStored() {
    storesAll(used(w), used(op("EXP", w)));
  }

  @Test
  void whatIsMuchLargerIsStored() {
    Value tiles = graphs.builtin("TILE", Attributes.NONE, w, graphs.ints(3, 1));
    storesAll(used(w), used(tiles));
  }

  @Test
  void smallWeightsAreStored() {
    Value small = numbers(15, 17);
    storesAll(used(small), used(turned(small, 1, 0)));
  }

  @Test
  void whatHasNoBuiltinIsStored() {
    doesNotFire(() -> tester(graph -> Optional.empty()), used(w), used(turned(w, 1, 0)));
  }

  @Test
  void otherShapesOfWhatIsComputedAreReshaped() {
    Value negative = op("NEG", w);
    computes(
        with("NEG", "NEG", "RESHAPE"),
        used(w),
        used(negative),
        used(op("RESHAPE", negative, graphs.ints(30, 40))));
  }

  @Test
  void outputsCount() {
    computes(with("TRANSPOSE"), used(w), turned(w, 1, 0));
  }

  @Test
  void aLoopsFormIsTheOneThatIsStored() {
    Value turned = turned(w, 1, 0);
    Graph stored = pass(() -> graphs.builder().fresh(), Optional::of).apply(loop(turned));
    assertThat(stored.nodes()).extracting(Node::op).contains(OpKey.tf("Transpose"));
    Node loop = stored.nodes().stream().filter(node -> node.is("WHILE")).findFirst().orElseThrow();
    assertThat(loop.bodies().get(1).nodes())
        .extracting(Node::op)
        .containsExactly(OpKey.builtin("ADD"));
  }

  /** Adds {@code w} to an input twice before a loop of no turns that would add {@code turned}. */
  private Graph loop(Value turned) {
    GraphBuilder condition = graphs.builder().fresh();
    condition.input("h", turned.type());
    Value never = condition.constant("never", Tensor.scalar(false));
    GraphBuilder body = graphs.builder().fresh();
    Value h = body.input("h", turned.type());
    Value sum = body.addOne(OpKey.builtin("ADD"), NONE, List.of(h, turned), "sum", Origin.NONE);
    Value x = graphs.input(DType.FLOAT32, 30, 40);
    List<Value> results =
        graphs
            .builder()
            .addWithBodies(
                OpKey.builtin("WHILE"),
                List.of(x),
                List.of(turned.type()),
                List.of(condition.build(List.of(never)), body.build(List.of(sum))),
                "loop",
                Origin.NONE);
    return graphs.build(used(w), used(w), results.getFirst());
  }

  @Test
  void theFormThatAnOperatorPreparesOnceIsStored() {
    Value turned = turned(w, 1, 0);
    Attributes options = NONE.with("keep_num_dims", false);
    Value product = graphs.builtin("FULLY_CONNECTED", options, x(2, 40), turned, Value.ABSENT);
    computes(with("FlexTranspose", "FULLY_CONNECTED"), used(w), used(w), used(w), product);
  }
}
