package org.signet.source.keras;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.signet.diag.Code;
import org.signet.diag.SignetException;

/** Which dataset of an HDF5 file holds which variable. */
final class WeightPaths {
  private static final String WEIGHTS = "model_weights";

  private final IdentityHashMap<WeightNode, List<String>> paths = new IdentityHashMap<>();

  private final IdentityHashMap<WeightNode, String> folders = new IdentityHashMap<>();

  private WeightPaths() {}

  /**
   * Where an archive keeps what belongs to a layer, such as {@code layers/string_lookup/}; empty
   * for other files.
   */
  Optional<String> folder(WeightNode node) {
    return Optional.ofNullable(folders.get(node));
  }

  /** The dataset of a variable that not all kinds of files have. */
  Optional<String> find(WeightNode node, String weight) {
    return paths.containsKey(node) ? Optional.of(of(node, weight)) : Optional.empty();
  }

  /** The dataset of a variable. */
  String of(WeightNode node, String weight) {
    List<String> own = paths.get(node);
    if (own == null) {
      throw new IllegalStateException(node.name() + " is not part of the model");
    }
    return own.get(node.indexOf(weight));
  }

  /**
   * As in {@code model.weights.h5}: a path of attributes, in lists of class names, numbered from
   * the second of a class on: {@code layers/dense_1/vars/0}. A layer is kept where it is met first.
   */
  static WeightPaths ofArchive(WeightNode model, HdfStore file) {
    WeightPaths result = new WeightPaths();
    result.visit(model, "", file);
    return result;
  }

  private void visit(WeightNode node, String path, HdfStore file) {
    if (paths.containsKey(node)) {
      return;
    }
    List<String> own = new ArrayList<>();
    for (int i = 0; i < node.own().size(); i++) {
      WeightNode.Weight weight = node.own().get(i);
      own.add(path + "vars/" + (weight.named() ? weight.name() : i));
    }
    paths.put(node, own);
    folders.put(node, path);
    for (WeightNode.Part part : node.parts()) {
      String attribute =
          part.attributes().stream()
              .filter(name -> file.exists(path + name))
              .findFirst()
              .orElse(part.attributes().getFirst());
      if (!part.list()) {
        visit(part.nodes().getFirst(), path + attribute + "/", file);
        continue;
      }
      Map<String, Integer> used = new HashMap<>();
      for (WeightNode child : part.nodes()) {
        String name = WeightNode.snakeCase(child.className());
        int before = used.merge(name, 1, Integer::sum) - 1;
        String unique = before == 0 ? name : name + "_" + before;
        visit(child, path + attribute + "/" + unique + "/", file);
      }
    }
  }

  /**
   * As in a whole-model HDF5 file: a group for each layer of the model, whose attribute {@code
   * weight_names} lists datasets, those that training changes first. Names are only for people: the
   * order says which is which.
   */
  static WeightPaths ofWholeModel(WeightNode model, boolean keras2, HdfStore file) {
    WeightPaths result = new WeightPaths();
    Set<String> seen = new HashSet<>();
    for (WeightNode layer : model.parts().getFirst().nodes()) {
      if (!seen.add(layer.name())) {
        continue;
      }
      String group = WEIGHTS + "/" + layer.name();
      // Of weights with names of their own Keras 3 takes no notice here.
      List<WeightNode.Place> places =
          new ArrayList<>(layer.places().filter(place -> keras2 || !place.named()).toList());
      if (keras2 || layer.trainable()) {
        places.sort(Comparator.comparing(place -> !place.trainable()));
      }
      List<String> names = places.isEmpty() ? List.of() : file.names(group, "weight_names");
      if (names.size() < places.size()) {
        throw SignetException.of(
            Code.VARIABLE_WITHOUT_VALUE,
            group + " holds " + names.size() + " weights, the layer has " + places.size());
      }
      if (names.size() > places.size()) {
        throw SignetException.of(
            Code.MALFORMED_CHECKPOINT,
            group + " holds " + names.size() + " weights, the layer has only " + places.size());
      }
      for (int i = 0; i < names.size(); i++) {
        WeightNode.Place place = places.get(i);
        List<String> own =
            result.paths.computeIfAbsent(
                place.node(),
                node -> new ArrayList<>(java.util.Collections.nCopies(node.own().size(), "")));
        if (own.get(place.index()).isEmpty()) {
          own.set(place.index(), group + "/" + names.get(i));
        }
      }
    }
    return result;
  }
}
