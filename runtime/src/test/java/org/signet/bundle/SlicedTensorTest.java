package org.signet.bundle;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signet.bundle.BundleTensor.Data;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.type.Shape;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorSliceProto;
import org.tensorflow.proto.TensorSliceProto.Extent;

class SlicedTensorTest {
  @TempDir private Path directory;

  @Test
  void partitionedVariableOfASaver() {
    try (CheckpointBundle bundle = open("saver")) {
      assertThat(bundle.keys()).containsExactly("b", "s/w");
      assertCountsUp(bundle, "s/w", Shape.of(7, 2));
    }
  }

  @Test
  void slicesOfRows() {
    try (CheckpointBundle bundle = open("partitioned")) {
      assertCountsUp(bundle, "rows", Shape.of(7, 2));
    }
  }

  @Test
  void slicesOfAllDimensions() {
    try (CheckpointBundle bundle = open("partitioned")) {
      BundleTensor tensor = bundle.find("grid").orElseThrow();
      assertThat(tensor.shape()).isEqualTo(Shape.of(4, 3, 2));
      assertThat(raw(tensor).toArray(ValueLayout.JAVA_LONG_UNALIGNED))
          .containsExactly(LongStream.range(0, 24).toArray());
    }
  }

  @Test
  void longSlices() {
    try (CheckpointBundle bundle = open("partitioned")) {
      assertThat(raw(bundle.find("long").orElseThrow()).toArray(ValueLayout.JAVA_INT_UNALIGNED))
          .containsExactly(IntStream.range(0, 9000).toArray());
    }
  }

  @Test
  void slicesOfStrings() {
    try (CheckpointBundle bundle = open("partitioned")) {
      Data data = bundle.find("text").orElseThrow().data();
      assertThat(((Data.Strings) data).values().stream().map(bytes -> new String(bytes, US_ASCII)))
          .containsExactly("a", "b", "c", "d".repeat(200));
    }
  }

  @Test
  void readsOnce() {
    try (CheckpointBundle bundle = open("partitioned")) {
      assertThat(bundle.find("rows").orElseThrow()).isSameAs(bundle.find("rows").orElseThrow());
    }
  }

  @Test
  void tellsOfAMissingSlice() {
    try (CheckpointBundle bundle = open("partial")) {
      refused(bundle, "tensor 'w': the slices leave out 1 elements");
    }
  }

  @Test
  void tellsOfASliceWithoutEntry() throws IOException {
    TestBundle bundle = new TestBundle().row(TestBundle.key("w"), whole(3, 0, 2, 2, 1));
    bundle.tensor(sliceKey(0, 2), DataType.DT_UINT8, new byte[2], 2);
    refused(bundle, "tensor 'w': slice 2+1 is missing");
  }

  @Test
  void refusesOverlap() throws IOException {
    TestBundle bundle = new TestBundle().row(TestBundle.key("w"), whole(4, 0, 2, 1, 2));
    bundle.tensor(sliceKey(0, 2), DataType.DT_UINT8, new byte[2], 2);
    bundle.tensor(sliceKey(1, 2), DataType.DT_UINT8, new byte[2], 2);
    refused(bundle, "slices 0+2 and 1+2 overlap");
  }

  @Test
  void refusesSlicesOutside() throws IOException {
    refused(
        new TestBundle().row(TestBundle.key("w"), whole(4, 3, 2)),
        "is outside of it in dimension 0");
    refused(
        new TestBundle().row(TestBundle.key("w"), whole(4, -1, 2)),
        "is outside of it in dimension 0");
  }

  @Test
  void refusesSlicesOfAnotherShape() throws IOException {
    TestBundle bundle = new TestBundle().row(TestBundle.key("w"), whole(2, 0, 2));
    bundle.tensor(sliceKey(0, 2), DataType.DT_UINT8, new byte[3], 3);
    refused(bundle, "tensor 'w slice 0+2': type or shape is not that of the slice");
  }

  @Test
  void refusesSlicesOfAnotherType() throws IOException {
    TestBundle bundle = new TestBundle().row(TestBundle.key("w"), whole(2, 0, 2));
    bundle.tensor(sliceKey(0, 2), DataType.DT_INT8, new byte[2], 2);
    refused(bundle, "type or shape is not that of the slice");
  }

  @Test
  void refusesSlicesOfAnotherRank() throws IOException {
    BundleEntryProto entry =
        TestBundle.entry(DataType.DT_UINT8, 2).addSlices(TensorSliceProto.newBuilder()).build();
    refused(
        new TestBundle().row(TestBundle.key("w"), entry.toByteString()),
        "a slice has another rank");
  }

  /** Slices that all lie at the same place of the file add up to more than there is. */
  @Test
  void refusesToCopyMoreThanThereIs() throws IOException {
    int count = 100;
    int[] slices = new int[2 * count];
    TestBundle bundle = new TestBundle();
    BundleEntryProto.Builder part = bundle.entry(DataType.DT_UINT8, new byte[1000], 1000);
    for (int i = 0; i < count; i++) {
      slices[2 * i] = i * 1000;
      slices[2 * i + 1] = 1000;
      bundle.row(sliceKey(i * 1000, 1000), part.build().toByteString());
    }
    bundle.row(TestBundle.key("w"), whole(count * 1000, slices));
    refused(bundle, "the tensors hold more bytes than their files");
  }

  @Test
  void refusesManySlices() throws IOException {
    refused(
        new TestBundle().row(TestBundle.key("w"), whole(9000, new int[18000])),
        "it has 9000 slices");
  }

  /** The entry of a vector of bytes in slices of these starts and lengths. */
  private static ByteString whole(int size, int... slices) {
    BundleEntryProto.Builder entry = TestBundle.entry(DataType.DT_UINT8, size);
    for (int i = 0; i < slices.length; i += 2) {
      Extent extent = Extent.newBuilder().setStart(slices[i]).setLength(slices[i + 1]).build();
      entry.addSlices(TensorSliceProto.newBuilder().addExtent(extent));
    }
    return entry.build().toByteString();
  }

  private static ByteString sliceKey(int start, int length) {
    return ByteString.copyFrom(SliceKey.of("w", new int[] {start}, new int[] {length}));
  }

  private void refused(TestBundle test, String why) throws IOException {
    try (CheckpointBundle bundle = test.open(directory)) {
      refused(bundle, why);
    }
  }

  private static void refused(CheckpointBundle bundle, String why) {
    assertThatThrownBy(() -> bundle.find("w"))
        .isInstanceOfSatisfying(
            SignetException.class, e -> assertThat(e.code()).isEqualTo(Code.MALFORMED_CHECKPOINT))
        .hasMessageContaining(why);
  }

  private static void assertCountsUp(CheckpointBundle bundle, String key, Shape shape) {
    BundleTensor tensor = bundle.find(key).orElseThrow();
    assertThat(tensor.shape()).isEqualTo(shape);
    float[] values = raw(tensor).toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
    assertThat(values).hasSize((int) shape.elements());
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i]).isEqualTo(i);
    }
  }

  private static MemorySegment raw(BundleTensor tensor) {
    return ((Data.Raw) tensor.data()).bytes();
  }

  private static CheckpointBundle open(String name) {
    return CheckpointBundle.open(TestBundle.resource(name));
  }
}
