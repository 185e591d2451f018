package org.signet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.testing.Checkout;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * Models in which a node has another attribute or other inputs are converted, or refused with a
 * diagnostic; nothing else.
 */
class DamagedNodesTest {
  private static final int VARIANTS = Integer.getInteger("signet.test.variants", 15);
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final long[] NUMBERS = {-2, -1, 0, 1, 2, 3, 7, Integer.MAX_VALUE, 1L << 33};
  private static final String[] WORDS = {"x", "", "SAME", "EXPLICIT", "NCHW", "NCHW_VECT_C"};

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cnn-batch-norm",
        "examples-sequences",
        "images-padded-antialiased",
        "loop-growing",
        "ops-nn",
        "source-queue",
        "state-scatter",
        "text-cleaned",
        "training-images",
        "training-recurrent"
      })
  void neverFailOtherwise(String name) throws IOException {
    Path model = Checkout.goldenModel(name);
    SavedModel whole = SavedModel.parseFrom(Files.readAllBytes(model.resolve("saved_model.pb")));
    Path variables = Files.createDirectory(folder.resolve("variables"));
    if (Files.exists(model.resolve("variables"))) {
      try (var files = Files.list(model.resolve("variables"))) {
        for (Path file : (Iterable<Path>) files::iterator) {
          Files.copy(file, variables.resolve(file.getFileName()));
        }
      }
    }
    Random random = new Random(name.hashCode());
    for (int i = 0; i < VARIANTS; i++) {
      SavedModel.Builder damaged = whole.toBuilder();
      damage(damaged.getMetaGraphsBuilder(0).getGraphDefBuilder(), random);
      Files.write(folder.resolve("saved_model.pb"), damaged.build().toByteArray());
      assertTimeoutPreemptively(LONGEST, this::convert);
    }
  }

  private void convert() {
    try {
      Signet.convert(ConversionOptions.of(folder), folder.resolve("out.tflite"));
    } catch (SignetException e) {
      assertThat(e.code()).isNotEqualTo(Code.BUG);
    }
  }

  /** Damages a node, mostly of a function. */
  private static void damage(GraphDef.Builder graph, Random random) {
    int functions = graph.getLibrary().getFunctionCount();
    if (functions > 0 && random.nextInt(4) > 0) {
      var function = graph.getLibraryBuilder().getFunctionBuilder(random.nextInt(functions));
      if (function.getNodeDefCount() > 0) {
        int i = random.nextInt(function.getNodeDefCount());
        function.setNodeDef(i, damaged(function.getNodeDef(i), random));
        return;
      }
    }
    int i = random.nextInt(graph.getNodeCount());
    graph.setNode(i, damaged(graph.getNode(i), random));
  }

  private static NodeDef damaged(NodeDef node, Random random) {
    NodeDef.Builder damaged = node.toBuilder();
    List<String> inputs = new ArrayList<>(node.getInputList());
    if (!inputs.isEmpty() && random.nextInt(5) == 0) {
      String removed = inputs.remove(random.nextInt(inputs.size()));
      if (random.nextBoolean()) {
        inputs.addFirst(removed);
      }
      return damaged.clearInput().addAllInput(inputs).build();
    }
    List<String> names = node.getAttrMap().keySet().stream().sorted().toList();
    if (names.isEmpty()) {
      return node;
    }
    String name = names.get(random.nextInt(names.size()));
    return random.nextInt(8) == 0
        ? damaged.removeAttr(name).build()
        : damaged.putAttr(name, damaged(node.getAttrOrThrow(name), random)).build();
  }

  private static AttrValue damaged(AttrValue value, Random random) {
    AttrValue.Builder damaged = value.toBuilder();
    return switch (value.getValueCase()) {
      case I -> damaged.setI(number(random)).build();
      case F -> damaged.setF(random.nextBoolean() ? Float.NaN : -1e30f).build();
      case B -> damaged.setB(!value.getB()).build();
      case S -> damaged.setS(ByteString.copyFromUtf8(WORDS[random.nextInt(WORDS.length)])).build();
      case TYPE -> damaged.setType(type(random)).build();
      case SHAPE -> damaged.setShape(damaged(value.getShape(), random)).build();
      case TENSOR -> damaged.setTensor(damaged(value.getTensor(), random)).build();
      case LIST -> damaged.setList(damaged(value.getList(), random)).build();
      default -> value;
    };
  }

  private static AttrValue.ListValue damaged(AttrValue.ListValue list, Random random) {
    AttrValue.ListValue.Builder damaged = list.toBuilder();
    if (list.getTypeCount() > 0) {
      return damaged.setType(random.nextInt(list.getTypeCount()), type(random)).build();
    }
    return list.getICount() > 0 && random.nextBoolean()
        ? damaged.setI(random.nextInt(list.getICount()), number(random)).build()
        : damaged.addI(number(random)).build();
  }

  private static TensorProto damaged(TensorProto tensor, Random random) {
    return random.nextBoolean()
        ? tensor.toBuilder().setDtype(type(random)).build()
        : tensor.toBuilder().setTensorShape(damaged(tensor.getTensorShape(), random)).build();
  }

  private static TensorShapeProto damaged(TensorShapeProto shape, Random random) {
    TensorShapeProto.Builder damaged = shape.toBuilder();
    if (shape.getDimCount() > 0 && random.nextInt(3) == 0) {
      return damaged.removeDim(0).build();
    }
    TensorShapeProto.Dim dim = TensorShapeProto.Dim.newBuilder().setSize(number(random)).build();
    return shape.getDimCount() > 0 && random.nextBoolean()
        ? damaged.setDim(random.nextInt(shape.getDimCount()), dim).build()
        : damaged.addDim(dim).build();
  }

  private static long number(Random random) {
    return NUMBERS[random.nextInt(NUMBERS.length)];
  }

  private static DataType type(Random random) {
    return DataType.forNumber(1 + random.nextInt(22));
  }
}
