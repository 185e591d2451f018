package org.signet.golden;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.tensor.Npy;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * The tensor files of cases: {@code .npy}, where bfloat16 is uint16; strings as {@code .json} with
 * the members {@code dtype}, {@code shape} and {@code base64}, a flat list.
 */
public final class TensorFiles {
  private static final String JSON = ".json";

  private TensorFiles() {}

  /**
   * Reads a tensor.
   *
   * @param dtype what it is declared as
   * @throws SignetException FILE_MISSING, FILE_UNREADABLE; MALFORMED_CASE or BAD_VALUE if it is
   *     malformed
   */
  public static Tensor read(Path file, DType dtype) {
    if (file.toString().endsWith(JSON)) {
      return readStrings(file);
    }
    Tensor tensor = Npy.read(file);
    return dtype == DType.BFLOAT16 && tensor.dtype() == DType.UINT16
        ? Tensor.wrap(dtype, tensor.array(), tensor.shape())
        : tensor;
  }

  private static Tensor readStrings(Path file) {
    Fields fields = Fields.read(file);
    List<String> texts = fields.strings("base64");
    byte[][] strings = new byte[texts.size()][];
    try {
      for (int i = 0; i < strings.length; i++) {
        strings[i] = Base64.getDecoder().decode(texts.get(i));
      }
    } catch (IllegalArgumentException e) {
      throw Fields.malformed(file.toString(), "has text that is no base64: " + e.getMessage());
    }
    int[] shape = fields.sizes("shape");
    if (!holds(shape, strings.length)) {
      throw Fields.malformed(
          file.toString(), "has " + strings.length + " strings for the shape " + Shape.of(shape));
    }
    return Tensor.wrap(DType.STRING, strings, shape);
  }

  private static boolean holds(int[] shape, int elements) {
    try {
      return Shape.of(shape).isStatic() && Shape.elements(shape) == elements;
    } catch (ArithmeticException e) {
      return false;
    }
  }

  /** The ending of the file that a tensor of this type goes into. */
  public static String suffix(DType dtype) {
    return dtype == DType.STRING ? JSON : ".npy";
  }

  /**
   * Writes a tensor.
   *
   * @param file named with {@link #suffix}
   * @throws SignetException FILE_UNWRITABLE
   */
  public static void write(Path file, Tensor tensor) {
    if (tensor.dtype() != DType.STRING) {
      Npy.write(file, tensor);
      return;
    }
    try {
      Files.writeString(file, JsonText.of(strings(tensor)));
    } catch (IOException e) {
      throw SignetException.of(Code.FILE_UNWRITABLE, "can't write " + file + ": " + e.getMessage());
    }
  }

  private static Map<String, Object> strings(Tensor tensor) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < tensor.size(); i++) {
      texts.add(Base64.getEncoder().encodeToString(tensor.strings()[i]));
    }
    List<Integer> shape = new ArrayList<>();
    for (int size : tensor.shape()) {
      shape.add(size);
    }
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("dtype", DType.STRING.toString());
    members.put("shape", shape);
    members.put("base64", texts);
    return members;
  }
}
