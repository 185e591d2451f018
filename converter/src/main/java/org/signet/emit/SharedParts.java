package org.signet.emit;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.signet.schema.tflite.QuantizationParameters;
import org.signet.schema.tflite.Tensor;
import org.signet.type.Quantization;

/**
 * What tensors and operators of all subgraphs have in common, written once: names, sizes, indexes,
 * quantization. Signatures that call one model have the same names for nearly everything.
 */
final class SharedParts {
  private final FlatBufferBuilder builder;
  private final Map<String, Integer> strings = new HashMap<>();
  private final Map<IntBuffer, Integer> vectors = new HashMap<>();
  private final Map<Quantization, Integer> quantizations = new HashMap<>();

  SharedParts(FlatBufferBuilder builder) {
    this.builder = builder;
  }

  /** Where the file has {@code text}. */
  int string(String text) {
    Integer known = strings.get(text);
    if (known == null) {
      known = builder.createString(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      strings.put(text, known);
    }
    return known;
  }

  /** Where the file has a vector of these numbers, which is not changed afterwards. */
  int ints(int[] numbers) {
    IntBuffer key = IntBuffer.wrap(numbers);
    Integer known = vectors.get(key);
    if (known == null) {
      known = Tensor.createShapeVector(builder, numbers);
      vectors.put(key, known);
    }
    return known;
  }

  /** Where the file has the parameters of {@code quantization}. */
  int quantization(Quantization quantization) {
    Integer known = quantizations.get(quantization);
    if (known == null) {
      known = writeQuantization(quantization);
      quantizations.put(quantization, known);
    }
    return known;
  }

  private int writeQuantization(Quantization quantization) {
    int scales = 0;
    int zeroPoints = 0;
    if (quantization.isQuantized()) {
      float[] scaleValues = new float[quantization.scales().size()];
      long[] zeroValues = new long[scaleValues.length];
      for (int i = 0; i < scaleValues.length; i++) {
        scaleValues[i] = quantization.scales().get(i);
        zeroValues[i] = quantization.zeroPoints().get(i);
      }
      scales = QuantizationParameters.createScaleVector(builder, scaleValues);
      zeroPoints = QuantizationParameters.createZeroPointVector(builder, zeroValues);
    }
    QuantizationParameters.startQuantizationParameters(builder);
    if (scales != 0) {
      QuantizationParameters.addScale(builder, scales);
      QuantizationParameters.addZeroPoint(builder, zeroPoints);
      QuantizationParameters.addQuantizedDimension(builder, quantization.axis());
    }
    return QuantizationParameters.endQuantizationParameters(builder);
  }
}
