package org.signet.source;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.op.Attributes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.tensorflow.proto.AssetFileDef;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.MetaGraphDef;

/** The assets of a MetaGraph: files that it finds by paths, which the loader feeds to nodes. */
public final class Assets {
  private static final String DIRECTORY = "assets";

  /** Where models were noted before there was a field for it. */
  private static final String COLLECTION = "saved_model_assets";

  private Assets() {}

  /**
   * Puts constants in place of the nodes that stand for paths of assets: the paths in the model's
   * directory.
   *
   * @throws SignetException ASSET_OUTSIDE_MODEL; MALFORMED_GRAPH if there is no such node
   */
  static void replace(MetaGraphDef metaGraph, Map<String, SourceNode> nodes, Path model) {
    for (AssetFileDef asset : of(metaGraph, model)) {
      Path file = Path.of(DIRECTORY).resolve(asset.getFilename()).normalize();
      if (!file.startsWith(DIRECTORY)) {
        throw SignetException.of(
            Code.ASSET_OUTSIDE_MODEL,
            "asset '" + asset.getFilename() + "' lies outside of " + model);
      }
      String name = node(asset);
      if (!nodes.containsKey(name)) {
        throw SignetException.of(
            Code.MALFORMED_GRAPH,
            "there is no node '" + name + "' for the asset '" + asset.getFilename() + "'");
      }
      nodes.put(name, constant(name, DIRECTORY + "/" + asset.getFilename()));
    }
  }

  /**
   * The assets that a MetaGraph lists.
   *
   * @throws SignetException MALFORMED_PROTO
   */
  public static List<AssetFileDef> of(MetaGraphDef metaGraph, Path model) {
    CollectionDef collection = metaGraph.getCollectionDefMap().get(COLLECTION);
    if (metaGraph.getAssetFileDefCount() > 0 || collection == null) {
      return metaGraph.getAssetFileDefList();
    }
    List<AssetFileDef> assets = new ArrayList<>();
    for (Any value : collection.getAnyList().getValueList()) {
      try {
        assets.add(AssetFileDef.parseFrom(value.getValue()));
      } catch (InvalidProtocolBufferException e) {
        throw SignetException.of(
            Code.MALFORMED_PROTO, "the assets of " + model + " do not parse: " + e.getMessage());
      }
    }
    return assets;
  }

  /** The node that stands for the path of an asset. */
  static String node(AssetFileDef asset) {
    return TensorName.parse(asset.getTensorInfo().getName()).node();
  }

  private static SourceNode constant(String name, String path) {
    byte[][] value = {path.getBytes(StandardCharsets.UTF_8)};
    return new SourceNode(
        name,
        "Const",
        List.of(),
        Attributes.of("dtype", DType.STRING, "value", Tensor.wrap(DType.STRING, value)));
  }
}
