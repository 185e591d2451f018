package org.signet.lower;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.op.Attributes;
import org.signet.op.flex.TfNodes;
import org.signet.schema.catalog.TfOpCatalog;
import org.signet.schema.catalog.TfOpDef;
import org.signet.tensor.Tensor;
import org.signet.testing.OneOpModel;
import org.signet.testing.SampleAttributes;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * A model of one op for every op that TensorFlow registers, with inputs of unknown shapes: it
 * converts, or is refused for a reason that such a model gives.
 */
class EveryOpTest {
  /** Handles and states are made by other ops, which a model of one op has not. */
  private static final Set<DType> HANDLES = Set.of(DType.RESOURCE, DType.VARIANT);

  @Test
  void convertsOrIsRefusedWithAReason() {
    Map<Code, Integer> refused = new EnumMap<>(Code.class);
    int converted = 0;
    for (String name : TfOpCatalog.standard().names()) {
      TfOpDef definition = TfOpCatalog.standard().get(name);
      Optional<Attributes> attributes = SampleAttributes.of(definition);
      if (!definition.registered() || attributes.isEmpty() || !takesTensors(definition)) {
        continue;
      }
      List<TensorType> operands = operandTypes(definition, attributes.get());
      if (operands.stream().map(TensorType::dtype).anyMatch(HANDLES::contains)) {
        continue;
      }
      try {
        convert(name, attributes.get(), operands);
        converted++;
      } catch (SignetException e) {
        assertThat(e.getMessage()).contains("'op'");
        refused.merge(e.code(), 1, Integer::sum);
      }
    }
    assertThat(converted).isGreaterThan(1100);
    assertThat(refused)
        .containsOnlyKeys(
            Code.VARIABLE_WITHOUT_VALUE,
            Code.MALFORMED_GRAPH,
            Code.UNSUPPORTED_SOURCE,
            Code.MALFORMED_STABLEHLO,
            Code.OP_NOT_CONVERTIBLE,
            Code.TYPE_NOT_IN_TFLITE);
  }

  private static void convert(String name, Attributes attributes, List<TensorType> operands) {
    OneOpModel model = OneOpModel.of(name).with(attributes);
    for (TensorType operand : operands) {
      model.input(Tensor.zeros(operand.dtype()), Shape.unknownRank());
    }
    model.convert();
  }

  private static boolean takesTensors(TfOpDef definition) {
    return definition.inputs().stream().noneMatch(TfOpDef.ArgDef::ref);
  }

  /** Operands are described as results are. */
  private static List<TensorType> operandTypes(TfOpDef definition, Attributes attributes) {
    return TfNodes.resultTypes(
        new TfOpDef(
            definition.name(),
            List.of(),
            definition.inputs(),
            definition.attrs(),
            definition.traits()),
        attributes);
  }
}
