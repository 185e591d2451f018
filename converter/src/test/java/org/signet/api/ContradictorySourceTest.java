package org.signet.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.testing.Checkout;
import org.tensorflow.proto.SavedModel;

/**
 * Well-formed protos that contradict themselves: fields anywhere in a SavedModel are removed,
 * repeated, exchanged with others or set to numbers that lead nowhere. Each model must convert, or
 * be refused with a diagnostic.
 */
class ContradictorySourceTest {
  private static final long[] NUMBERS = {
    0, 1, -1, 2, 5, 1000, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, 1L << 40
  };

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "affine, 300",
    "many_outputs, 100",
    "nested, 300",
    "needs_flex, 200",
    "side_effects, 200",
    "tf1_reference, 300",
    "tf1_resource, 200"
  })
  void contradictory(String model, int mutations) throws IOException {
    Path source = Checkout.testModel(model);
    SavedModel sound = withoutNoise(source.resolve("saved_model.pb"));
    copyVariables(source);
    Random random = new Random(11);
    for (int i = 0; i < mutations; i++) {
      SavedModel.Builder builder = sound.toBuilder();
      String what = "mutation " + i;
      for (int n = 0; n <= i % 3; n++) {
        what += ", " + new Mutation(random).apply(builder);
      }
      Files.write(folder.resolve("saved_model.pb"), builder.build().toByteArray());
      convert(what);
    }
  }

  /** Without the definitions of ops, which fill most of the file and are not read. */
  private static SavedModel withoutNoise(Path file) throws IOException {
    SavedModel.Builder model = SavedModel.parseFrom(Files.readAllBytes(file)).toBuilder();
    model.getMetaGraphsBuilder(0).getMetaInfoDefBuilder().clearStrippedOpList();
    return model.build();
  }

  private void copyVariables(Path source) throws IOException {
    Path variables = Files.createDirectory(folder.resolve("variables"));
    try (var files = Files.newDirectoryStream(source.resolve("variables"))) {
      for (Path file : files) {
        Files.copy(file, variables.resolve(file.getFileName()));
      }
    }
  }

  private void convert(String what) {
    Path target = folder.resolve("out.tflite");
    try {
      Signet.convert(ConversionOptions.of(folder), target);
    } catch (SignetException e) {
      assertThat(e.code()).as(what + ": " + e).isNotEqualTo(Code.BUG);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw new AssertionError(what + " gives " + e, e);
    }
  }

  /** One change somewhere in a message. */
  private static final class Mutation {
    private final Random random;

    Mutation(Random random) {
      this.random = random;
    }

    /** Goes down into the message a random way and changes what it finds there; says what. */
    String apply(Message.Builder message) {
      List<FieldDescriptor> fields = new ArrayList<>(message.getAllFields().keySet());
      if (fields.isEmpty()) {
        return "nothing";
      }
      FieldDescriptor field = fields.get(random.nextInt(fields.size()));
      boolean nested = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
      if (nested && random.nextInt(12) > 0) {
        return field.getName() + "." + enter(message, field);
      }
      return field.getName() + " " + change(message, field);
    }

    private String enter(Message.Builder message, FieldDescriptor field) {
      boolean repeated = field.isRepeated();
      int at = repeated ? random.nextInt(message.getRepeatedFieldCount(field)) : 0;
      Object inner = repeated ? message.getRepeatedField(field, at) : message.getField(field);
      Message.Builder builder = ((Message) inner).toBuilder();
      String what = apply(builder);
      if (repeated) {
        message.setRepeatedField(field, at, builder.build());
      } else {
        message.setField(field, builder.build());
      }
      return what;
    }

    private String change(Message.Builder message, FieldDescriptor field) {
      if (random.nextInt(4) == 0) {
        message.clearField(field);
        return "removed";
      }
      if (!field.isRepeated()) {
        Object value = other(message.getField(field), field);
        message.setField(field, value);
        return "= " + text(value);
      }
      List<Object> items = new ArrayList<>((List<?>) message.getField(field));
      int at = random.nextInt(items.size());
      switch (random.nextInt(4)) {
        case 0 -> items.remove(at);
        case 1 -> items.add(random.nextInt(items.size() + 1), items.get(at));
        case 2 -> items.set(at, items.get(random.nextInt(items.size())));
        default -> items.set(at, other(items.get(at), field));
      }
      message.setField(field, field.isMapField() ? distinct(items) : items);
      return "with other items";
    }

    /** Entries of a map, one for each key. */
    private static List<Object> distinct(List<Object> entries) {
      Map<String, Object> byKey = new TreeMap<>();
      for (Object entry : entries) {
        Message message = (Message) entry;
        FieldDescriptor key = message.getDescriptorForType().findFieldByNumber(1);
        byKey.put(message.getField(key).toString(), entry);
      }
      return new ArrayList<>(byKey.values());
    }

    private Object other(Object value, FieldDescriptor field) {
      return switch (value) {
        case Integer number -> (int) NUMBERS[random.nextInt(NUMBERS.length)];
        case Long number -> NUMBERS[random.nextInt(NUMBERS.length)];
        case Boolean flag -> !flag;
        case Float number -> Float.NaN;
        case Double number -> Double.NaN;
        case String text -> otherText(text);
        case ByteString bytes -> bytes.substring(0, random.nextInt(bytes.size() + 1));
        case Message message -> message.getDefaultInstanceForType();
        default ->
            field
                .getEnumType()
                .getValues()
                .get(random.nextInt(field.getEnumType().getValues().size()));
      };
    }

    private String otherText(String text) {
      return switch (random.nextInt(6)) {
        case 0 -> "";
        case 1 -> text + ":99999999999";
        case 2 -> text + ":7";
        case 3 -> "^" + text;
        case 4 -> text + ":output:" + NUMBERS[random.nextInt(NUMBERS.length)];
        default -> text.substring(0, text.length() / 2);
      };
    }

    private static String text(Object value) {
      String text = value.toString().replace('\n', ' ');
      return text.substring(0, Math.min(60, text.length()));
    }
  }
}
