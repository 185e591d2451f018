package org.signet.pass.weights;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.signet.ir.ConstantData;
import org.signet.ir.Derivation;

/**
 * The same numbers in several orders: constants that are transposed from each other, of which each
 * can be computed from each.
 */
final class WeightFamily {
  private final List<ConstantData> members = new ArrayList<>();
  private final Optional<Derivation> derivation;
  private final List<WeightFamily> sources;
  private final List<WeightFamily> derived = new ArrayList<>();
  private long used;

  /**
   * @param first the member that all others are transposed from
   * @param derivation how it is computed of other families; empty if it is to be stored
   * @param sources these families
   */
  WeightFamily(ConstantData first, Optional<Derivation> derivation, List<WeightFamily> sources) {
    this.derivation = derivation;
    this.sources = List.copyOf(sources);
    members.add(first);
    largestSource().ifPresent(source -> source.derived.add(this));
  }

  private Optional<WeightFamily> largestSource() {
    return sources.stream().reduce((a, b) -> b.bytes() > a.bytes() ? b : a);
  }

  void add(ConstantData member) {
    members.add(member);
  }

  void use() {
    used++;
  }

  List<ConstantData> members() {
    return members;
  }

  ConstantData first() {
    return members.getFirst();
  }

  Optional<Derivation> derivation() {
    return derivation;
  }

  List<WeightFamily> sources() {
    return sources;
  }

  long bytes() {
    return first().byteSize();
  }

  /** Whether the program uses a member. */
  boolean isUsed() {
    return used > 0;
  }

  /** How many members are used, of this family and of those computed of it. */
  long usedForms() {
    return used + derived.stream().mapToLong(WeightFamily::usedForms).sum();
  }

  /** What the file holds if this family is computed and all that come of it are stored. */
  long bytesOfDerived() {
    return derived.stream()
        .mapToLong(family ->
            family.isUsed() ? family.bytes() : Math.min(family.bytes(), family.bytesOfDerived()))
        .sum();
  }
}
