package org.signet.emit;

import com.google.flatbuffers.FlatBufferBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.ir.Graph;
import org.signet.ir.Program;
import org.signet.ir.Signature;
import org.signet.schema.tflite.Buffer;
import org.signet.schema.tflite.Metadata;
import org.signet.schema.tflite.Model;

/**
 * Writes a program as a model file. Equal programs give equal bytes.
 *
 * <p>The weights never pass through the flatbuffer builder: it writes everything else, with every
 * buffer's data pointing at an empty vector; then the pointers are set to where the weights will
 * be, behind it, and the weights are copied straight from where they are mapped.
 */
public final class ModelWriter {
  /** The version of the file format. */
  private static final int FORMAT_VERSION = 3;

  /** Data of buffers starts at multiples of this; the schema says so. */
  private static final int ALIGNMENT = 16;

  /** The bytes of the value of {@code min_runtime_version}. */
  private static final int RUNTIME_VERSION_BYTES = 16;

  /** Offsets are 32 bits, of which readers take 31. */
  private static final long LARGEST_FILE = Integer.MAX_VALUE;

  private final BufferTable buffers = new BufferTable();
  private final OperatorCodes codes = new OperatorCodes();

  private ModelWriter() {}

  /**
   * Writes {@code program} to {@code channel}.
   *
   * @return the size of the file in bytes
   * @throws SignetException ({@link Code#MODEL_TOO_LARGE}) if the file would be 2 GB or larger
   */
  public static long write(Program program, WritableByteChannel channel) {
    return new ModelWriter().writeModel(program, channel);
  }

  private long writeModel(Program program, WritableByteChannel channel) {
    SubgraphIndexes indexes = new SubgraphIndexes(program);
    useCodes(program, indexes);
    FlatBufferBuilder builder = new FlatBufferBuilder(1 << 16);
    List<Integer> subgraphs = new ArrayList<>();
    List<Integer> signatures = new ArrayList<>();
    boolean single = program.signatures().size() == 1;
    for (Signature signature : program.signatures()) {
      SubgraphWriter writer = new SubgraphWriter(builder, buffers, codes, indexes);
      boolean initialized = indexes.needsInitialization(signature.graph());
      subgraphs.add(
          writer.writeSubgraph(
              signature.graph(), single ? "main" : signature.key(), signature.key(), initialized));
      signatures.add(writer.writeSignature(signature, signatures.size()));
    }
    for (Graph body : indexes.inner()) {
      SubgraphWriter writer = new SubgraphWriter(builder, buffers, codes, indexes);
      subgraphs.add(writer.writeSubgraph(body, "body_" + subgraphs.size(), "", false));
    }
    if (program.initialization().isPresent()) {
      SubgraphWriter writer = new SubgraphWriter(builder, buffers, codes, indexes);
      subgraphs.add(
          writer.writeSubgraph(program.initialization().get(), "initialization", "", false));
    }
    int metadata = writeMetadata(builder);
    int[] bufferTables = writeBuffers(builder);
    int buffersAt = Model.createBuffersVector(builder, bufferTables);
    int codesAt = Model.createOperatorCodesVector(builder, codes.write(builder));
    int subgraphsAt = Model.createSubgraphsVector(builder, toArray(subgraphs));
    int signaturesAt = Model.createSignatureDefsVector(builder, toArray(signatures));
    int metadataAt = Model.createMetadataVector(builder, new int[] {metadata});
    int description = builder.createString("Converted by Signet.");
    Model.startModel(builder);
    Model.addVersion(builder, FORMAT_VERSION);
    Model.addOperatorCodes(builder, codesAt);
    Model.addSubgraphs(builder, subgraphsAt);
    Model.addDescription(builder, description);
    Model.addBuffers(builder, buffersAt);
    Model.addMetadata(builder, metadataAt);
    Model.addSignatureDefs(builder, signaturesAt);
    Model.finishModelBuffer(builder, Model.endModel(builder));
    byte[] head = builder.sizedByteArray();
    long[] positions = layOut(head.length);
    pointAtData(head, bufferTables, positions);
    try {
      return copy(head, positions, channel);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void useCodes(Program program, SubgraphIndexes indexes) {
    program.signatures().forEach(signature -> signature.graph().nodes().forEach(codes::use));
    indexes.inner().forEach(body -> body.nodes().forEach(codes::use));
    program.initialization().ifPresent(graph -> graph.nodes().forEach(codes::use));
    if (program.initialization().isPresent()) {
      codes.use(SubgraphIndexes.callOnce());
    }
  }

  private int writeMetadata(FlatBufferBuilder builder) {
    byte[] version = codes.minimumRuntime().getBytes(StandardCharsets.US_ASCII);
    int buffer = buffers.add(MemorySegment.ofArray(Arrays.copyOf(version, RUNTIME_VERSION_BYTES)));
    return Metadata.createMetadata(builder, builder.createString("min_runtime_version"), buffer);
  }

  private int[] writeBuffers(FlatBufferBuilder builder) {
    int empty = Buffer.createDataVector(builder, new byte[0]);
    int[] tables = new int[buffers.buffers().size()];
    for (int i = 0; i < tables.length; i++) {
      Buffer.startBuffer(builder);
      if (i > 0) {
        Buffer.addData(builder, empty);
      }
      tables[i] = Buffer.endBuffer(builder);
    }
    return tables;
  }

  /**
   * Where the data of each buffer starts in the file; its length stands in the four bytes before.
   */
  private long[] layOut(int headSize) {
    long[] positions = new long[buffers.buffers().size()];
    long end = headSize;
    for (int i = 1; i < positions.length; i++) {
      positions[i] = (end + Integer.BYTES + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
      end = positions[i] + buffers.buffers().get(i).byteSize();
    }
    if (end > LARGEST_FILE) {
      throw SignetException.of(
          Code.MODEL_TOO_LARGE,
          "the model file would be " + end + " bytes, but a flatbuffer ends at " + LARGEST_FILE,
          "convert fewer signatures at once with --signatures");
    }
    return positions;
  }

  /**
   * Sets the data offset of each buffer table, which counts from where it stands to the vector's
   * length.
   */
  private static void pointAtData(byte[] head, int[] tables, long[] positions) {
    ByteBuffer bytes = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 1; i < tables.length; i++) {
      int table = head.length - tables[i]; // the builder counts from the end
      int vtable = table - bytes.getInt(table);
      int field = table + bytes.getShort(vtable + 4);
      bytes.putInt(field, (int) (positions[i] - Integer.BYTES - field));
    }
  }

  private long copy(byte[] head, long[] positions, WritableByteChannel channel) throws IOException {
    write(channel, ByteBuffer.wrap(head));
    long at = head.length;
    for (int i = 1; i < positions.length; i++) {
      MemorySegment data = buffers.buffers().get(i);
      int gap = (int) (positions[i] - at);
      ByteBuffer length = ByteBuffer.allocate(gap).order(ByteOrder.LITTLE_ENDIAN);
      length.putInt(gap - Integer.BYTES, (int) data.byteSize());
      write(channel, length);
      write(channel, data.asByteBuffer());
      at = positions[i] + data.byteSize();
    }
    return at;
  }

  private static void write(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static int[] toArray(List<Integer> offsets) {
    return offsets.stream().mapToInt(i -> i).toArray();
  }
}
