package org.signet.lower;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.op.Accuracy;
import org.signet.op.OpCase;
import org.signet.op.OpCaseComparison;
import org.signet.op.OpCaseReader;
import org.signet.op.OpDefinition;
import org.signet.op.OpDefinitions;
import org.signet.schema.catalog.TfOpCatalog;
import org.signet.tensor.Tensor;
import org.signet.testing.Checkout;
import org.signet.testing.Knowledge;
import org.signet.testing.OneOpModel;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * Converts a model of one op for every result that TensorFlow recorded, runs it and compares. Each
 * case is converted for everything that may be known of the operands beforehand.
 */
class LoweredOpCasesTest {
  private static final TfOpCatalog CATALOG = TfOpCatalog.standard();

  @TestFactory
  Stream<DynamicContainer> cases() {
    return Checkout.opCases().stream()
        .map(file ->
            DynamicContainer.dynamicContainer(
                file.getFileName().toString(),
                OpCaseReader.read(file).stream()
                    .filter(LoweredOpCasesTest::isComparable)
                    .map(c -> DynamicTest.dynamicTest(c.toString(), () -> check(c)))));
  }

  /** Whether the case has results that any conversion must reproduce. */
  private static boolean isComparable(OpCase c) {
    return c.key().isTf() && !c.fails() && isRegistered(c) && c.attributes().has("T") == hasT(c);
  }

  /** Of an op of another library only a model has the definition, and a case is none. */
  private static boolean isRegistered(OpCase c) {
    return CATALOG.find(c.key().name()).orElseThrow().registered();
  }

  /**
   * Whether the op has the attribute T, which a few calls that TensorFlow did not run leave out.
   */
  private static boolean hasT(OpCase c) {
    return CATALOG.find(c.key().name()).orElseThrow().attr("T").isPresent();
  }

  private static void check(OpCase c) {
    for (Knowledge knowledge : Knowledge.values()) {
      if (isDecided(c, knowledge)) {
        knowledge.model(c).ifPresent(model -> check(c, model, knowledge));
      }
    }
  }

  /**
   * Not whether shapes broadcast, if no sizes are known: Equal may then be asked for a single bool,
   * where the builtin refuses.
   */
  private static boolean isDecided(OpCase c, Knowledge knowledge) {
    return (knowledge != Knowledge.RANKS_AND_INDICES && knowledge != Knowledge.TYPES_AND_INDICES)
        || c.attributes().getBoolean("incompatible_shape_error", true);
  }

  private static void check(OpCase c, OneOpModel model, Knowledge knowledge) {
    OneOpModel.Converted converted;
    try {
      converted = model.convert();
    } catch (SignetException e) {
      assertThat(e.code()).as(e.getMessage()).isEqualTo(Code.TYPE_NOT_IN_TFLITE);
      assertThat(c.attributes().asMap().values())
          .anyMatch(value -> value instanceof DType type && !type.isInTflite());
      return;
    }
    checkTypes(c, converted, knowledge);
    List<Tensor> results = converted.run();
    OpDefinition definition = OpDefinitions.standard().find(c.key()).orElseThrow();
    Accuracy accuracy = c.tolerance().orElse(definition.accuracy());
    for (int i = 0; i < definedResults(c); i++) {
      OpCaseComparison.check(
          results.get(i), c.results().get(i), accuracy, definition.movesElements());
    }
  }

  /** How many results TensorFlow sets: batch normalisation has some for steps of training only. */
  private static int definedResults(OpCase c) {
    int trained = c.attributes().getBoolean("is_training", false) ? 5 : 3;
    boolean normalizes = c.key().name().matches("FusedBatchNorm(V[23])?");
    return normalizes ? trained : c.results().size();
  }

  private static void checkTypes(OpCase c, OneOpModel.Converted converted, Knowledge knowledge) {
    for (int i = 0; i < c.results().size(); i++) {
      TensorType type = converted.types().get(i);
      Tensor expected = c.results().get(i);
      assertThat(type.dtype()).isEqualTo(expected.dtype());
      assertThat(type.shape().accepts(expected.shape()))
          .as("%s inferred for %s, %s known", type, expected.type(), knowledge)
          .isTrue();
    }
  }
}
