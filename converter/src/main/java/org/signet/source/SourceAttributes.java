package org.signet.source;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.signet.op.Attributes;
import org.signet.op.flex.NodeDefs;
import org.tensorflow.proto.AttrValue;

/**
 * The attributes of a source's node. Constants and other large ones are made anew each time that
 * they are asked for: the source keeps no second copy of them. Nodes may share it.
 */
public final class SourceAttributes {
  private final List<NodeAttribute> encoded;
  private final boolean small;
  private Optional<Attributes> all = Optional.empty();
  private Optional<Attributes> own = Optional.empty();

  /**
   * @param encoded of several with the same name the last one counts
   */
  SourceAttributes(List<NodeAttribute> encoded) {
    this.encoded = List.copyOf(encoded);
    this.small = encoded.stream().allMatch(NodeAttribute::isSmall);
  }

  private SourceAttributes(Attributes all) {
    this.encoded = List.of();
    this.small = true;
    this.all = Optional.of(all);
  }

  /** The attributes of a node that no file holds. */
  public static SourceAttributes of(Attributes attributes) {
    return new SourceAttributes(attributes);
  }

  /** All, also those that are private to TensorFlow, whose names begin with an underscore. */
  public Attributes all() {
    if (all.isPresent()) {
      return all.get();
    }
    Attributes made = decode(true);
    if (small) {
      all = Optional.of(made);
    }
    return made;
  }

  /** Those that say what the op does. */
  public Attributes own() {
    if (own.isPresent()) {
      return own.get();
    }
    Attributes made = encoded.isEmpty() ? withoutPrivate(all()) : decode(false);
    if (small) {
      own = Optional.of(made);
    }
    return made;
  }

  private Attributes decode(boolean alsoPrivate) {
    Map<String, Object> values = new HashMap<>();
    for (NodeAttribute attribute : encoded) {
      if (alsoPrivate || !NodeAttribute.isPrivate(attribute.name())) {
        values.put(attribute.name(), attribute.value());
      }
    }
    return Attributes.of(values);
  }

  private static Attributes withoutPrivate(Attributes attributes) {
    Attributes own = attributes;
    for (String name : attributes.asMap().keySet()) {
      if (NodeAttribute.isPrivate(name)) {
        own = own.without(name);
      }
    }
    return own;
  }

  /** The value of one, without those of others. */
  public Optional<Object> find(String name) {
    for (int i = encoded.size() - 1; i >= 0; i--) {
      if (encoded.get(i).name().equals(name)) {
        return Optional.of(encoded.get(i).value());
      }
    }
    return encoded.isEmpty() ? all().find(name) : Optional.empty();
  }

  /** The name of the function that an attribute gives; empty if there is none. */
  public String function(String name) {
    return find(name).orElse("") instanceof Attributes.FunctionRef function ? function.name() : "";
  }

  /** The text of an attribute; empty if there is none. */
  public String text(String name) {
    return find(name).orElse("") instanceof String text ? text : "";
  }

  /** Whether those that say what the op does are the same. */
  public boolean hasSameOwn(SourceAttributes other) {
    return protos(false).equals(other.protos(false));
  }

  /** By name; protos have equality, tensors have none. */
  private Map<String, AttrValue> protos(boolean alsoPrivate) {
    Map<String, AttrValue> protos = new HashMap<>();
    encoded.forEach(attribute -> protos.put(attribute.name(), attribute.proto()));
    if (encoded.isEmpty()) {
      all().asMap().forEach((name, value) -> protos.put(name, NodeDefs.proto(value)));
    }
    if (!alsoPrivate) {
      protos.keySet().removeIf(NodeAttribute::isPrivate);
    }
    return protos;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof SourceAttributes attributes
            && protos(true).equals(attributes.protos(true)));
  }

  @Override
  public int hashCode() {
    return protos(true).hashCode();
  }

  @Override
  public String toString() {
    return all().toString();
  }
}
