package org.signet.pass.weights;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.signet.ir.ConstantData;
import org.signet.ir.Derivation;
import org.signet.ir.Derivations;
import org.signet.ir.Value;

/**
 * Which of a program's constants are stored, and of what the others are computed:
 *
 * <pre>
 *   w, transposed w          →  the one that more operators use
 *   w, w[:, :100], w × 0.5   →  w
 *   w[:, :100], w[:, 50:]    →  w, if it is smaller than both together
 *   w[:, :100], w[:, 100:]   →  both, since w is not smaller
 * </pre>
 */
final class WeightFamilies {
  /** An op's result may be so many times as large as its largest operand. */
  private static final int LARGEST_GROWTH = 2;

  /** What an operator takes in the file, and more. */
  private static final long LEAST_GAIN = 1 << 10;

  private final ConstantUses uses;
  private final Derivations derivations;
  private final Predicate<Derivation> isCheap;
  private final Map<ConstantData, WeightFamily> families = new LinkedHashMap<>();

  /** Those that are stored, or can be computed of these. */
  private final Set<WeightFamily> known = new HashSet<>();

  private final Map<ConstantData, Step> steps = new HashMap<>();

  /** How a constant is computed from others. */
  sealed interface Step {
    /** By the op that it was computed by. */
    record Forward(Derivation derivation) implements Step {}

    /**
     * By transposing {@code of} back.
     *
     * @param derivation how {@code of} was computed of it
     */
    record Back(ConstantData of, Derivation derivation) implements Step {}
  }

  /**
   * @param isCheap whether an op is to run each time, rather than to have its result stored
   */
  WeightFamilies(ConstantUses uses, Derivations derivations, Predicate<Derivation> isCheap) {
    this.uses = uses;
    this.derivations = derivations;
    this.isCheap = isCheap;
    for (ConstantData data : uses.all()) {
      if (derivations.contains(data)) {
        familyOf(data).use();
      }
    }
    // In order of computation: families are made after their sources.
    new LinkedHashSet<>(families.values()).forEach(this::decide);
  }

  /** Whether nothing is computed. */
  boolean areStored() {
    return steps.isEmpty();
  }

  /** How {@code data} is computed; empty if it is stored. */
  Optional<Step> step(ConstantData data) {
    return Optional.ofNullable(steps.get(data));
  }

  private WeightFamily familyOf(ConstantData data) {
    WeightFamily family = families.get(data);
    if (family == null) {
      family = newFamilyOf(data);
      families.put(data, family);
    }
    return family;
  }

  private WeightFamily newFamilyOf(ConstantData data) {
    Optional<Derivation> derivation = derivations.of(data).filter(this::isToRun);
    List<WeightFamily> sources =
        derivation.stream()
            .flatMap(step -> step.sources().stream())
            .map(source -> familyOf(source.data()))
            .toList();
    if (derivation.isPresent() && derivation.get().order().isPresent()) {
      sources.getFirst().add(data);
      return sources.getFirst();
    }
    return new WeightFamily(data, derivation, sources);
  }

  private boolean isToRun(Derivation derivation) {
    long largest =
        derivation.sources().stream().mapToLong(source -> source.data().byteSize()).max().orElse(0);
    long size =
        derivation.types().get(derivation.index()).shape().elements()
            * derivation.types().get(derivation.index()).dtype().bytes();
    return size <= LARGEST_GROWTH * largest && isCheap.test(derivation);
  }

  private void decide(WeightFamily family) {
    if (isComputed(family)) {
      known.add(family);
      ConstantData first = family.first();
      steps.put(first, new Step.Forward(family.derivation().orElseThrow()));
      spread(family, first);
    } else if (family.isUsed() || isWorthStoring(family)) {
      known.add(family);
      ConstantData base = family.first();
      for (ConstantData member : family.members()) {
        base = uses.of(member) > uses.of(base) ? member : base;
      }
      spread(family, base);
    }
  }

  private boolean isComputed(WeightFamily family) {
    long missing =
        family.sources().stream()
            .filter(source -> !known.contains(source))
            .mapToLong(WeightFamily::bytes)
            .sum();
    // Factors, masks and the like are then stored in its place.
    return family.sources().stream().anyMatch(known::contains) && missing <= family.bytes() / 2;
  }

  /** Though it is not used itself. */
  private static boolean isWorthStoring(WeightFamily family) {
    long gain = family.bytesOfDerived() - family.bytes();
    return family.usedForms() > 1 && gain > LEAST_GAIN + family.bytes() / 100;
  }

  /** Lets all members be computed from one that is there. */
  private void spread(WeightFamily family, ConstantData from) {
    Map<ConstantData, List<ConstantData>> transposed = new HashMap<>();
    for (ConstantData member : family.members()) {
      if (!member.equals(family.first())) {
        ConstantData source = sourceOf(member).data();
        transposed.computeIfAbsent(source, key -> new ArrayList<>()).add(member);
      }
    }
    Set<ConstantData> reached = new HashSet<>(Set.of(from));
    Deque<ConstantData> next = new ArrayDeque<>(reached);
    while (!next.isEmpty()) {
      ConstantData data = next.remove();
      for (ConstantData member : transposed.getOrDefault(data, List.of())) {
        if (reached.add(member)) {
          steps.put(member, new Step.Forward(derivations.of(member).orElseThrow()));
          next.add(member);
        }
      }
      if (!data.equals(family.first()) && reached.add(sourceOf(data).data())) {
        ConstantData source = sourceOf(data).data();
        steps.put(source, new Step.Back(data, derivations.of(data).orElseThrow()));
        next.add(source);
      }
    }
  }

  private Value.Constant sourceOf(ConstantData transposed) {
    return (Value.Constant) derivations.of(transposed).orElseThrow().operands().getFirst();
  }
}
