package org.signet.op;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.signet.tensor.Tensor;

/**
 * A generator whose state lives as long as the session. Each operator of a model has its own, as
 * each kernel of TensorFlow's has; without seeds it begins anywhere.
 */
public final class RandomStream implements SessionValue {
  private static final String GENERATOR = "generator";
  private static final String SEED = "seed";
  private static final String SECOND_SEED = "seed2";

  /** Builtins that draw; their files may leave out seeds that are 0. */
  private static final Set<String> BUILTINS =
      Set.of("MULTINOMIAL", "RANDOM_STANDARD_NORMAL", "RANDOM_UNIFORM");

  private Philox generator;

  private RandomStream(Attributes attributes) {
    generator =
        isSeeded(attributes)
            ? new Philox(attributes.getLong(SEED, 0), 0, attributes.getLong(SECOND_SEED, 0))
            : new Philox(
                ThreadLocalRandom.current().nextLong(), 0, ThreadLocalRandom.current().nextLong());
  }

  /** Whether an operator of these attributes draws the same numbers in every session. */
  public static boolean isSeeded(Attributes attributes) {
    return attributes.getLong(SEED, 0) != 0 || attributes.getLong(SECOND_SEED, 0) != 0;
  }

  /**
   * The attributes of a model's operator; if it draws numbers by seeds with its place, by which it
   * finds its generator again.
   */
  public static Attributes placed(OpKey op, Attributes attributes, String place) {
    boolean draws =
        op.isBuiltin() ? BUILTINS.contains(op.name()) : attributes.find(SECOND_SEED).isPresent();
    return draws ? attributes.with(OpCall.PLACE, place) : attributes;
  }

  @Override
  public Runnable checkpoint() {
    Map<String, Tensor> before = contents(); // drawing moves the generator itself
    return () -> restore(before);
  }

  @Override
  public Map<String, Tensor> contents() {
    return Map.of(GENERATOR, Tensor.of(generator.position()));
  }

  @Override
  public void restore(Map<String, Tensor> contents) {
    Tensor saved = contents.get(GENERATOR);
    if (saved != null) {
      generator = new Philox(saved.getLong(0), saved.getLong(1), saved.getLong(2));
    }
  }

  /**
   * The generator for so many numbers of which each may take several draws; the next call begins
   * behind all that these may take.
   */
  public static Philox draw(String op, OpCall call, long numbers) {
    return skip(op, call, RandomNumbers.reservedSteps(numbers));
  }

  /** The generator for so many steps. */
  public static Philox skip(String op, OpCall call, long steps) {
    RandomStream stream =
        value(op, call, RandomStream.class, () -> new RandomStream(call.attributes()));
    Philox drawn = stream.generator;
    stream.generator = drawn.skipped(steps);
    return drawn;
  }

  /** What an operator keeps in a session; ops without a place share it by name and seeds. */
  public static <T extends SessionValue> T value(
      String op, OpCall call, Class<T> type, Supplier<T> maker) {
    long seed = call.attributes().getLong(SEED, 0);
    long seed2 = call.attributes().getLong(SECOND_SEED, 0);
    String place = call.attributes().getString(OpCall.PLACE, "");
    String name = op + ' ' + seed + ' ' + seed2 + (place.isEmpty() ? "" : " of " + place);
    return call.state().get(name, type, maker);
  }
}
