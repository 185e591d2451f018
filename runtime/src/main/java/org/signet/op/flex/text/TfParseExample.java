package org.signet.op.flex.text;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.signet.op.Accuracy;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;

/**
 * ParseExample, its V2 and ParseSingleExample: serialised {@code tf.train.Example}s, a vector of
 * them or one, to tensors. A sparse feature gives indices, values and shape; a dense one a tensor
 * of its declared shape, whose first size may be free and is then padded; a ragged one values and
 * row splits. Results are in this order, each kind's first results for all keys before its second.
 */
final class TfParseExample {
  private TfParseExample() {}

  static List<OpDefinition> definitions() {
    return List.of(
        definition("ParseExample"), definition("ParseExampleV2"), definition("ParseSingleExample"));
  }

  private static OpDefinition definition(String name) {
    return OpDefinition.tf(name, TfParseExample::infer, TfParseExample::evaluate)
        .accurate(Accuracy.EXACT);
  }

  private static List<TensorType> infer(OpTypes op) {
    ExampleFeatures features = ExampleFeatures.of(op.attributes());
    Shape batch = op.shape(0);
    Shapes.require(!batch.hasRank() || batch.rank() <= 1, "serialized is %s", batch);
    List<TensorType> types = new ArrayList<>();
    int rank = batch.hasRank() ? batch.rank() + 1 : Shape.UNKNOWN;
    features.sparse().forEach(type -> types.add(TensorType.of(DType.INT64, Shape.UNKNOWN, rank)));
    features.sparse().forEach(type -> types.add(TensorType.of(type, Shape.UNKNOWN)));
    features.sparse().forEach(type -> types.add(TensorType.of(DType.INT64, rank)));
    for (int i = 0; i < features.dense().size(); i++) {
      Shape shape = features.shapes().get(i);
      boolean known = shape.hasRank() && batch.hasRank();
      types.add(
          TensorType.of(
              features.dense().get(i), known ? joined(batch, shape) : Shape.unknownRank()));
    }
    features.ragged().forEach(type -> types.add(TensorType.of(type, Shape.UNKNOWN)));
    int splits = rank == 1 ? 0 : rank < 0 || !batch.isKnown(0) ? -1 : batch.dim(0) + 1;
    features.splits().forEach(type -> types.add(TensorType.of(type, splits)));
    return types;
  }

  private static Shape joined(Shape batch, Shape shape) {
    int[] dims = new int[batch.rank() + shape.rank()];
    System.arraycopy(batch.dims(), 0, dims, 0, batch.rank());
    System.arraycopy(shape.dims(), 0, dims, batch.rank(), shape.rank());
    return Shape.of(dims);
  }

  private static void evaluate(OpCall call) {
    ExampleFeatures features = ExampleFeatures.of(call.attributes());
    Tensor serialized = call.operand(0);
    Shapes.require(serialized.rank() <= 1, "serialized is %s", serialized.type());
    List<Map<String, Feature>> examples = parse(serialized);
    int[] batch = serialized.shape();
    List<String> keys = features.keys(call);
    List<String> names = names(call, batch);
    int sparse = features.sparse().size();
    int dense = features.dense().size();
    for (int i = 0; i < sparse; i++) {
      DType dtype = features.sparse().get(i);
      List<Tensor> rows = FeatureRows.rows(examples, keys.get(i), dtype, names);
      FeatureRows.setSparse(call, new int[] {i, sparse + i, 2 * sparse + i}, dtype, rows, batch);
    }
    for (int i = 0; i < dense; i++) {
      String key = keys.get(sparse + i);
      Tensor fallback = call.operand(call.operandCount() - dense + i);
      Shape shape = features.shapes().get(i);
      List<Optional<Tensor>> rows = new ArrayList<>();
      for (int k = 0; k < examples.size(); k++) {
        String name = names.isEmpty() ? "" : names.get(k);
        rows.add(FeatureRows.values(examples.get(k), key, features.dense().get(i), name, k));
      }
      new DenseFeature(key, shape, fallback, names).set(call, 3 * sparse + i, rows, batch);
    }
    int ragged = features.ragged().size();
    for (int i = 0; i < ragged; i++) {
      DType dtype = features.ragged().get(i);
      List<Tensor> rows = FeatureRows.rows(examples, keys.get(sparse + dense + i), dtype, names);
      int values = 3 * sparse + dense + i;
      FeatureRows.setValues(call, values, dtype, rows);
      FeatureRows.setSplits(call, values + ragged, features.splits().get(i), rows, batch);
    }
  }

  /** What errors call the examples: nothing for one that is no batch. */
  private static List<String> names(OpCall call, int... batch) {
    if (batch.length == 0) {
      return List.of();
    }
    Tensor given = call.operand(1);
    return IntStream.range(0, batch[0])
        .mapToObj(i -> given.size() == batch[0] ? given.getString(i) : "<unknown>")
        .toList();
  }

  private static List<Map<String, Feature>> parse(Tensor serialized) {
    List<Map<String, Feature>> examples = new ArrayList<>();
    for (int i = 0; i < serialized.size(); i++) {
      try {
        examples.add(Example.parseFrom(serialized.strings()[i]).getFeatures().getFeatureMap());
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalArgumentException(
            "Could not parse example input, value: '"
                + new String(serialized.strings()[i], StandardCharsets.UTF_8)
                + "', string "
                + i,
            e);
      }
    }
    return examples;
  }
}
