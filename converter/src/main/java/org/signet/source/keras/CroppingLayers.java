package org.signet.source.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Zero padding and cropping of the spatial dimensions. */
final class CroppingLayers implements KerasLayer {
  @Override
  public Set<String> classNames() {
    return Set.of(
        "Cropping1D",
        "Cropping2D",
        "Cropping3D",
        "ZeroPadding1D",
        "ZeroPadding2D",
        "ZeroPadding3D");
  }

  @Override
  public List<KerasTensor> call(LayerCall call) {
    GraphOps ops = call.ops();
    boolean crop = call.layer().className().startsWith("Crop");
    int rank = ConvolutionLayers.spatialRank(call.layer());
    int[][] amounts = amounts(call.config(), crop ? "cropping" : "padding", rank);
    KerasTensor x = call.input();
    int first = call.config().channelsFirst() ? 2 : 1;
    int[][] all = new int[x.rank()][2];
    for (int i = 0; i < rank; i++) {
      all[first + i] = amounts[i];
    }
    if (!crop) {
      return List.of(ops.pad(x, all));
    }
    for (int axis = first; axis < first + rank; axis++) {
      if (all[axis][0] != 0 || all[axis][1] != 0) {
        x = ops.slice(x, axis, all[axis][0], -all[axis][1]);
      }
    }
    return List.of(x);
  }

  /** Before and after for each dimension; written as one number, one for each, or pairs. */
  private static int[][] amounts(KerasConfig config, String setting, int rank) {
    List<Integer> flat = new ArrayList<>();
    boolean pairs = false;
    JsonElement value = config.find(setting).orElse(new JsonArray());
    if (value instanceof JsonArray array) {
      for (JsonElement item : array) {
        pairs |= item instanceof JsonArray;
        (item instanceof JsonArray pair ? pair.asList() : List.of(item))
            .forEach(number -> flat.add(number.getAsInt()));
      }
    } else {
      flat.add(value.getAsInt());
    }
    pairs |= rank == 1 && flat.size() == 2;
    if (flat.size() != (pairs ? 2 * rank : flat.size() == 1 ? 1 : rank)) {
      throw config.malformed("its " + setting + " is " + value);
    }
    int[][] amounts = new int[rank][2];
    for (int i = 0; i < rank; i++) {
      amounts[i][0] = flat.get(pairs ? 2 * i : flat.size() == 1 ? 0 : i);
      amounts[i][1] = pairs ? flat.get(2 * i + 1) : amounts[i][0];
      if (amounts[i][0] < 0 || amounts[i][1] < 0) {
        throw config.malformed("its " + setting + " is " + value);
      }
    }
    return amounts;
  }
}
