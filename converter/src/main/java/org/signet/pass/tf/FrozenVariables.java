package org.signet.pass.tf;

import java.util.HashMap;
import java.util.Map;
import org.signet.bundle.BundleTensor;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.Origin;
import org.signet.diag.SignetException;
import org.signet.ir.ConstantData;
import org.signet.ir.Value;
import org.signet.source.VariableReader;
import org.signet.tensor.Tensor;
import org.signet.type.TensorType;

/** The values of variables as constants, each made once, however many signatures read it. */
final class FrozenVariables {
  private final VariableReader reader;
  private final Map<String, Value.Constant> constants = new HashMap<>();

  FrozenVariables(VariableReader reader) {
    this.reader = reader;
  }

  /**
   * The value of the variable behind {@code handle}.
   *
   * @throws SignetException if it has none, or not of the type that the graph declares
   */
  Value.Constant read(Value.Resource handle, Origin reader) {
    Value.Constant known = constants.get(handle.name());
    if (known == null) {
      known = load(handle, reader);
      constants.put(handle.name(), known);
    }
    return known;
  }

  private Value.Constant load(Value.Resource handle, Origin origin) {
    String variable = reader.describe(handle.name());
    BundleTensor value =
        reader
            .read(handle.name())
            .orElseThrow(() ->
                new SignetException(
                    Diagnostic.error(
                            Code.VARIABLE_WITHOUT_VALUE,
                            "variable '" + variable + "' has no value in the checkpoint",
                            "save the model again after its variables are initialised")
                        .at(origin)));
    TensorType type = carried(value);
    TensorType declared = handle.content();
    if (type.dtype() != declared.dtype() || !declared.shape().accepts(value.shape().dims())) {
      throw new SignetException(
          Diagnostic.error(
                  Code.MALFORMED_CHECKPOINT,
                  "variable '"
                      + variable
                      + "' is "
                      + declared
                      + " in the graph but "
                      + type
                      + " in the checkpoint",
                  "the checkpoint belongs to another model")
              .at(origin));
    }
    return new Value.Constant(handle.name(), type, data(value));
  }

  /** The value of a tensor of the checkpoint. */
  static Tensor tensor(BundleTensor value) {
    return data(value).load(carried(value));
  }

  private static TensorType carried(BundleTensor value) {
    return CarriedTypes.of(TensorType.of(value.dtype(), value.shape()));
  }

  private static ConstantData data(BundleTensor value) {
    return value.data() instanceof BundleTensor.Data.Raw(var bytes)
        ? new ConstantData.Mapped(bytes)
        : ConstantData.of(CarriedTypes.of(value.load()));
  }
}
