package org.signet.emit;

import com.google.flatbuffers.FlatBufferBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.ir.ConstantData;
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
 * buffer's data pointing at an empty vector; then {@link FileImage} sets the pointers to where the
 * weights will be, behind it, and the weights are copied straight from where they are mapped.
 */
public final class ModelWriter {
  /** The version of the file format. */
  private static final int FORMAT_VERSION = 3;

  /** The bytes of the value of {@code min_runtime_version}. */
  private static final int RUNTIME_VERSION_BYTES = 16;

  /**
   * Offsets inside a flatbuffer are 32 bits, of which readers take 31, and Java's a little less.
   */
  private static final long LARGEST_FLATBUFFER = Integer.MAX_VALUE - 8;

  /** More than what a buffer takes in the flatbuffer besides its data. */
  private static final int BUFFER_TABLE_BYTES = 64;

  /** Says to TensorFlow's tools that buffers have offsets from the start of the file. */
  private static final String BUFFER_LOCATION = "buffer_location";

  private static final String OUTSIDE = "outside flatbuffers";

  private final BufferTable buffers = new BufferTable();
  private final OperatorCodes codes = new OperatorCodes();
  private final Set<Integer> metadataBuffers = new HashSet<>();
  private final long largestFlatbuffer;

  private ModelWriter(long largestFlatbuffer) {
    this.largestFlatbuffer = largestFlatbuffer;
  }

  /**
   * Writes {@code program} to {@code channel}: by several threads at once if it is a file's.
   *
   * <p>If the model is larger than a flatbuffer can be, which is 2 GB, the weights stand behind the
   * flatbuffer, and their buffers have offsets from the start of the file.
   *
   * @return the size of the file in bytes
   * @throws SignetException ({@link Code#MODEL_TOO_LARGE}) if what is not weights takes 2 GB
   */
  public static long write(Program program, WritableByteChannel channel) {
    return write(program, channel, LARGEST_FLATBUFFER);
  }

  /** The same with another size from which on the weights stand behind the flatbuffer. */
  static long write(Program program, WritableByteChannel channel, long largestFlatbuffer) {
    return new ModelWriter(largestFlatbuffer).writeModel(program, channel);
  }

  private long writeModel(Program program, WritableByteChannel channel) {
    SubgraphIndexes indexes = new SubgraphIndexes(program);
    useCodes(program, indexes);
    FlatBufferBuilder builder = new FlatBufferBuilder(1 << 16);
    SharedParts shared = new SharedParts(builder);
    List<Integer> subgraphs = new ArrayList<>();
    List<Integer> signatures = new ArrayList<>();
    boolean single = program.signatures().size() == 1;
    for (Signature signature : program.signatures()) {
      SubgraphWriter writer = new SubgraphWriter(builder, shared, buffers, codes, indexes);
      boolean initialized = indexes.needsInitialization(signature.graph());
      subgraphs.add(
          writer.writeSubgraph(
              signature.graph(), single ? "main" : signature.key(), signature.key(), initialized));
      signatures.add(writer.writeSignature(signature, signatures.size()));
    }
    for (Graph body : indexes.inner()) {
      SubgraphWriter writer = new SubgraphWriter(builder, shared, buffers, codes, indexes);
      subgraphs.add(writer.writeSubgraph(body, "body_" + subgraphs.size(), "", false));
    }
    if (program.initialization().isPresent()) {
      SubgraphWriter writer = new SubgraphWriter(builder, shared, buffers, codes, indexes);
      subgraphs.add(
          writer.writeSubgraph(program.initialization().get(), "initialization", "", false));
    }
    boolean outside = isTooLarge(builder);
    int[] metadata = writeMetadata(builder, outside);
    List<FileImage.Block> blocks = new ArrayList<>();
    int buffersAt = Model.createBuffersVector(builder, writeBuffers(builder, outside, blocks));
    int codesAt = Model.createOperatorCodesVector(builder, codes.write(builder));
    int subgraphsAt = Model.createSubgraphsVector(builder, toArray(subgraphs));
    int signaturesAt = Model.createSignatureDefsVector(builder, toArray(signatures));
    int metadataAt = Model.createMetadataVector(builder, metadata);
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
    FileImage image = new FileImage(builder.sizedByteArray(), blocks, outside);
    try {
      return ImageWriter.write(image, channel);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isTooLarge(FlatBufferBuilder builder) {
    long size = builder.offset();
    for (ConstantData data : buffers.buffers()) {
      size += data.byteSize() + BUFFER_TABLE_BYTES;
    }
    return size > largestFlatbuffer;
  }

  private void useCodes(Program program, SubgraphIndexes indexes) {
    program.signatures().forEach(signature -> signature.graph().nodes().forEach(codes::use));
    indexes.inner().forEach(body -> body.nodes().forEach(codes::use));
    program.initialization().ifPresent(graph -> graph.nodes().forEach(codes::use));
    if (program.initialization().isPresent()) {
      codes.use(SubgraphIndexes.callOnce());
    }
  }

  private int[] writeMetadata(FlatBufferBuilder builder, boolean outside) {
    byte[] version = codes.minimumRuntime().getBytes(StandardCharsets.US_ASCII);
    byte[] padded = Arrays.copyOf(version, RUNTIME_VERSION_BYTES);
    int versionAt = writeMetadata(builder, "min_runtime_version", padded);
    if (!outside) {
      return new int[] {versionAt};
    }
    byte[] location = OUTSIDE.getBytes(StandardCharsets.US_ASCII);
    return new int[] {versionAt, writeMetadata(builder, BUFFER_LOCATION, location)};
  }

  private int writeMetadata(FlatBufferBuilder builder, String name, byte[] value) {
    int buffer = buffers.add(ConstantData.ofBytes(value));
    metadataBuffers.add(buffer);
    return Metadata.createMetadata(builder, builder.createString(name), buffer);
  }

  /**
   * Writes the tables of all buffers.
   *
   * @param blocks takes those whose data comes behind the flatbuffer builder's bytes: all, or all
   *     but metadata, which readers look for inside the flatbuffer
   */
  private int[] writeBuffers(
      FlatBufferBuilder builder, boolean outside, List<FileImage.Block> blocks) {
    int empty = Buffer.createDataVector(builder, new byte[0]);
    int[] tables = new int[buffers.buffers().size()];
    for (int i = 0; i < tables.length; i++) {
      ConstantData data = buffers.buffers().get(i);
      boolean inHead = i == 0 || (outside && metadataBuffers.contains(i));
      int bytes = empty;
      if (inHead && i > 0) {
        byte[] value = new byte[(int) data.byteSize()];
        data.read(0, MemorySegment.ofArray(value));
        bytes = Buffer.createDataVector(builder, value);
      }
      Buffer.startBuffer(builder);
      if (outside && !inHead) {
        Buffer.addOffset(builder, FileImage.PLACEHOLDER);
        Buffer.addSize(builder, data.byteSize());
      } else if (i > 0) {
        Buffer.addData(builder, bytes);
      }
      tables[i] = Buffer.endBuffer(builder);
      if (!inHead) {
        blocks.add(new FileImage.Block(tables[i], data));
      }
    }
    return tables;
  }

  private static int[] toArray(List<Integer> offsets) {
    return offsets.stream().mapToInt(i -> i).toArray();
  }
}
