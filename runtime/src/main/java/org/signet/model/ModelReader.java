package org.signet.model;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.signet.diag.Code;
import org.signet.diag.SignetException;

/**
 * Reads the structure of a file, checking that all of it is there. What the values mean is for
 * {@link ModelVerifier} to check.
 */
final class ModelReader {
  private static final int VERSION = 3;

  private final long fileSize;

  private ModelReader(long fileSize) {
    this.fileSize = fileSize;
  }

  /**
   * @param structure the file, or the beginning of one that is larger than a flatbuffer can be
   * @param fileSize the size of the whole file
   * @throws SignetException {@link Code#MALFORMED_MODEL}
   */
  static ModelContents read(ByteBuffer structure, long fileSize) {
    return new ModelReader(fileSize).read(new FlatFile(structure).root());
  }

  private ModelContents read(FlatTable model) {
    if (model.uint32(4) != VERSION) {
      throw SignetException.of(
          Code.UNSUPPORTED_MODEL, "the model is of schema version " + model.uint32(4) + ", not 3");
    }
    List<ModelBuffer> buffers = model.tables(12, "buffer").stream().map(this::buffer).toList();
    OperatorReader operators = new OperatorReader(model.tables(6, "operator code"));
    List<ModelSubgraph> subgraphs = new ArrayList<>();
    for (FlatTable table : model.tables(8, "subgraph")) {
      subgraphs.add(subgraph(table, buffers, operators));
    }
    List<ModelSignature> signatures =
        model.tables(18, "signature").stream().map(ModelReader::signature).toList();
    return new ModelContents(
        model.string(10),
        buffers,
        Regions.named(subgraphs),
        signatures,
        metadata(model, buffers.size()));
  }

  /** The data lies in the buffer's own vector, or, in files beyond 2 GB, behind the flatbuffer. */
  private ModelBuffer buffer(FlatTable table) {
    long offset = table.int64(6);
    long size = table.int64(8);
    if (offset == 0 || offset == 1) {
      FlatTable.Vector data = table.vector(4, 1);
      return new ModelBuffer(data.start(), data.length());
    }
    if (offset < 0 || size < 0 || size > ModelBuffer.LARGEST || offset > fileSize - size) {
      throw FlatFile.malformed(
          table.what(),
          table.position(),
          "has %s bytes at %s of a file of %d"
              .formatted(Long.toUnsignedString(size), Long.toUnsignedString(offset), fileSize));
    }
    return new ModelBuffer(offset, size);
  }

  private static ModelSubgraph subgraph(
      FlatTable table, List<ModelBuffer> buffers, OperatorReader reader) {
    List<ModelTensor> tensors = new ArrayList<>();
    table
        .tables(4, table.what() + ", tensor")
        .forEach(tensor -> tensors.add(TensorReader.read(tensor, buffers)));
    List<ModelOperator> operators = new ArrayList<>();
    table
        .tables(10, table.what() + ", operator")
        .forEach(operator -> operators.add(reader.read(operator, tensors)));
    return new ModelSubgraph(table.string(12), tensors, table.ints(6), table.ints(8), operators);
  }

  private static ModelSignature signature(FlatTable table) {
    long subgraph = table.uint32(12);
    return new ModelSignature(
        table.string(8),
        tensorMap(table, 4),
        tensorMap(table, 6),
        (int) Math.min(subgraph, Integer.MAX_VALUE));
  }

  private static SequencedMap<String, Integer> tensorMap(FlatTable signature, int field) {
    SequencedMap<String, Integer> map = new LinkedHashMap<>();
    for (FlatTable entry : signature.tables(field, "an entry of " + signature.what() + ',')) {
      int tensor = (int) Math.min(entry.uint32(6), Integer.MAX_VALUE);
      if (map.put(entry.string(4), tensor) != null) {
        throw FlatFile.malformed(
            signature.what(), signature.position(), "has two entries '" + entry.string(4) + "'");
      }
    }
    return map;
  }

  private static Map<String, Integer> metadata(FlatTable model, int buffers) {
    Map<String, Integer> metadata = new LinkedHashMap<>();
    for (FlatTable entry : model.tables(16, "metadata")) {
      long buffer = entry.uint32(6);
      if (buffer >= buffers) {
        throw FlatFile.malformed(
            entry.what(), entry.position(), "has the buffer " + buffer + " of " + buffers);
      }
      metadata.put(entry.string(4), (int) buffer);
    }
    return metadata;
  }
}
