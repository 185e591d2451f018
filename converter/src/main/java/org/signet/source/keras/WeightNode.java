package org.signet.source.keras;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a layer keeps: variables of its own and those of the layers it is made of. It has an
 * identity, as the layer has.
 */
final class WeightNode {
  private final String className;
  private final String name;
  private final boolean trainable;
  private final List<Weight> own = new ArrayList<>();
  private final List<Part> parts = new ArrayList<>();

  /**
   * A variable.
   *
   * @param name such as {@code kernel}
   * @param trainable whether training changes it while the layer is not frozen
   * @param named whether an archive keeps it by its name, not by its number
   */
  record Weight(String name, boolean trainable, boolean named) {}

  /**
   * Layers within a layer.
   *
   * @param attributes what the attribute of the layer's class that holds them is called, by
   *     versions of Keras
   * @param list whether the attribute is a list
   * @param nodes one, or all of the list
   */
  record Part(List<String> attributes, boolean list, List<WeightNode> nodes) {}

  WeightNode(String className, String name, boolean trainable) {
    this.className = className;
    this.name = name;
    this.trainable = trainable;
  }

  /** The weights of a layer, none yet. */
  static WeightNode of(LayerSpec layer) {
    return new WeightNode(layer.className(), layer.name(), layer.trainable());
  }

  /** With variables that training changes, in the order of their creation. */
  WeightNode trained(String... names) {
    Arrays.stream(names).forEach(weight -> own.add(new Weight(weight, true, false)));
    return this;
  }

  /** With one more variable if {@code present}. */
  WeightNode trainedIf(boolean present, String weight) {
    return present ? trained(weight) : this;
  }

  /** With variables that training leaves alone. */
  WeightNode fixed(String... names) {
    Arrays.stream(names).forEach(weight -> own.add(new Weight(weight, false, false)));
    return this;
  }

  /** With a variable that training leaves alone and that an archive keeps by its name. */
  WeightNode named(String weight) {
    own.add(new Weight(weight, false, true));
    return this;
  }

  /**
   * With a layer that an attribute holds.
   *
   * @param attributes the attribute's names, by versions of Keras
   */
  WeightNode part(WeightNode node, String... attributes) {
    parts.add(new Part(List.of(attributes), false, List.of(node)));
    return this;
  }

  /** With layers that an attribute holds as a list. */
  WeightNode list(String attribute, List<WeightNode> nodes) {
    parts.add(new Part(List.of(attribute), true, List.copyOf(nodes)));
    return this;
  }

  String className() {
    return className;
  }

  String name() {
    return name;
  }

  List<Weight> own() {
    return own;
  }

  List<Part> parts() {
    return parts;
  }

  /** The layer that an attribute holds. */
  WeightNode part(String attribute) {
    return parts.stream()
        .filter(part -> part.attributes().contains(attribute))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(className + " has no part " + attribute))
        .nodes()
        .getFirst();
  }

  /** The index of an own variable. */
  int indexOf(String weight) {
    for (int i = 0; i < own.size(); i++) {
      if (own.get(i).name().equals(weight)) {
        return i;
      }
    }
    throw new IllegalStateException(className + " has no weight " + weight);
  }

  /**
   * A variable in its place.
   *
   * @param node what it belongs to
   * @param index its index among the node's own
   * @param trainable whether training changes it: neither it nor a layer around it is frozen
   */
  record Place(WeightNode node, int index, boolean trainable) {
    boolean named() {
      return node.own().get(index).named();
    }
  }

  /** All variables, own ones before those of the parts. */
  Stream<Place> places() {
    return places(true);
  }

  private Stream<Place> places(boolean around) {
    boolean all = around && trainable;
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      places.add(new Place(this, i, all && own.get(i).trainable()));
    }
    return Stream.concat(
        places.stream(),
        parts.stream().flatMap(part -> part.nodes().stream()).flatMap(node -> node.places(all)));
  }

  boolean trainable() {
    return trainable;
  }

  /** {@code Conv2DTranspose} as Keras names it in paths: {@code conv2d_transpose}. */
  static String snakeCase(String className) {
    return className
        .replaceAll("\\W+", "")
        .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
        .replaceAll("([a-z])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }
}
