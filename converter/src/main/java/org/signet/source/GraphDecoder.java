package org.signet.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;

/**
 * Decodes serialized graphs. Nodes, of which there may be many, are read straight from the bytes;
 * everything else is left to protobuf.
 */
final class GraphDecoder {
  private static final int META_GRAPH_OF_SAVED_MODEL = 2;
  private static final int GRAPH_OF_META_GRAPH = 2;
  private static final int NODE_OF_GRAPH = 1;
  private static final int LIBRARY_OF_GRAPH = 2;
  private static final int FUNCTION_OF_LIBRARY = 1;
  private static final int NODE_OF_FUNCTION = 3;

  private final MessageReader reader;
  private final NodeDecoder nodeDecoder;

  GraphDecoder(MessageReader reader) {
    this.reader = reader;
    this.nodeDecoder = new NodeDecoder(reader);
  }

  /** The MetaGraphs of a SavedModel. */
  List<SourceMetaGraph> savedModel() throws IOException {
    List<SourceMetaGraph> metaGraphs = new ArrayList<>();
    reader.fields(number -> {
      if (number != META_GRAPH_OF_SAVED_MODEL) {
        return false;
      }
      Parts parts = new Parts();
      reader.message(parts::readMetaGraph, parts.metaGraph);
      metaGraphs.add(parts.build());
      return true;
    });
    return metaGraphs;
  }

  /** A MetaGraphDef. */
  SourceMetaGraph metaGraph() throws IOException {
    Parts parts = new Parts();
    reader.fields(parts::readMetaGraph, parts.metaGraph);
    return parts.build();
  }

  /** A GraphDef, as a MetaGraph that holds nothing else. */
  SourceMetaGraph graph() throws IOException {
    Parts parts = new Parts();
    reader.fields(parts::readGraph, parts.graph);
    return parts.build();
  }

  /** What is known of a MetaGraph so far. */
  private final class Parts {
    final MetaGraphDef.Builder metaGraph = MetaGraphDef.newBuilder();
    final GraphDef.Builder graph = GraphDef.newBuilder();
    final List<SourceNode> nodes = new ArrayList<>();
    final List<SourceFunction> functions = new ArrayList<>();

    SourceMetaGraph build() {
      return new SourceMetaGraph(metaGraph.build(), graph.build(), nodes, functions);
    }

    boolean readMetaGraph(int number) throws IOException {
      if (number != GRAPH_OF_META_GRAPH) {
        return false;
      }
      reader.message(this::readGraph, graph);
      return true;
    }

    boolean readGraph(int number) throws IOException {
      switch (number) {
        case NODE_OF_GRAPH -> nodes.add(nodeDecoder.node());
        case LIBRARY_OF_GRAPH -> reader.message(this::readLibrary);
        default -> {
          return false;
        }
      }
      return true;
    }

    private boolean readLibrary(int number) throws IOException {
      if (number != FUNCTION_OF_LIBRARY) {
        return false;
      }
      FunctionDef.Builder declaration = FunctionDef.newBuilder();
      List<SourceNode> body = new ArrayList<>();
      reader.message(
          field -> field == NODE_OF_FUNCTION && body.add(nodeDecoder.node()), declaration);
      functions.add(new SourceFunction(declaration.build(), body));
      return true;
    }
  }
}
