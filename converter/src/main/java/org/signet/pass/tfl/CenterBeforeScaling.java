package org.signet.pass.tfl;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.FusedActivation;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;

/**
 * Normalization with its products spread out, as Keras 3 and {@code tf.nn.batch_normalization}
 * write it, with m for MEAN(x) and r for RSQRT(…):
 *
 * <pre>
 *   ADD(MUL(x, f), MUL(NEG(m), f))                →  MUL(SUB(x, m), f)
 *   ADD(MUL(x, f), ADD(MUL(NEG(m), f), b))        →  ADD(MUL(SUB(x, m), f), b)
 *   ADD(MUL(x, f), SUB(b, MUL(m, f)))             →  ADD(MUL(SUB(x, m), f), b)
 *   each with f = MUL(r, g) as large as x         →  … MUL(MUL(SUB(x, m), r), g) …
 * </pre>
 *
 * with the operands of the commutative ops in either order. Fewer passes over x, a smaller error
 * where the mean is large, and the form in which the runtime knows a normalization.
 */
final class CenterBeforeScaling implements Rule {
  private static final Attributes PLAIN = Attributes.of(FusedActivation.OPTION, "NONE");

  @Override
  public Set<String> anchors() {
    return Set.of("ADD");
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    return Pattern.isPlain(match.node())
        ? centered(match, 0, 1).or(() -> centered(match, 1, 0))
        : Optional.empty();
  }

  private static Optional<List<Value>> centered(Match match, int scaled, int rest) {
    Optional<Node> product = match.soleProducer(scaled, "MUL").filter(Pattern::isPlain);
    if (product.isEmpty()) {
      return Optional.empty();
    }
    for (int i = 0; i < 2; i++) {
      Value x = product.get().operand(i);
      Value factor = product.get().operand(1 - i);
      Optional<Rest> found = Rest.of(match.operand(rest), x, factor, new Pattern(match));
      if (found.isPresent() && x.type().equals(product.get().result().type())) {
        Value difference = match.emit("SUB", PLAIN, x, found.get().mean());
        Value result = times(match, difference, factor);
        return Optional.of(
            List.of(
                found.get().shift().isPresent()
                    ? match.emit("ADD", PLAIN, result, found.get().shift())
                    : result));
      }
    }
    return Optional.empty();
  }

  private static Value times(Match match, Value difference, Value factor) {
    Optional<Node> product =
        new Pattern(match).node(factor, "MUL").filter(_ -> factor.type().equals(difference.type()));
    if (product.isEmpty()) {
      return match.emit("MUL", PLAIN, difference, factor);
    }
    int root = isRoot(product.get().operand(1)) ? 1 : 0;
    Value normalized = match.emit("MUL", PLAIN, difference, product.get().operand(root));
    return match.emit("MUL", PLAIN, normalized, product.get().operand(1 - root));
  }

  private static boolean isRoot(Value value) {
    return value instanceof Value.Result result && result.producer().is("RSQRT");
  }

  /**
   * What is added to x · f.
   *
   * @param mean of x; its product with f is taken away
   * @param shift what is added besides, {@link Value#ABSENT} if nothing is
   */
  private record Rest(Value mean, Value shift) {
    static Optional<Rest> of(Value value, Value x, Value factor, Pattern pattern) {
      Optional<Value> alone = negated(value, x, factor, pattern);
      if (alone.isPresent()) {
        return Optional.of(new Rest(alone.get(), Value.ABSENT));
      }
      Optional<Node> difference = pattern.node(value, "SUB");
      if (difference.isPresent()) {
        return pattern
            .node(difference.get().operand(1), "MUL")
            .flatMap(product -> Pattern.besides(product, factor))
            .filter(mean -> isMeanOf(x, mean, pattern))
            .map(mean -> new Rest(mean, difference.get().operand(0)));
      }
      Optional<Node> sum = pattern.node(value, "ADD");
      for (int i = 0; i < 2 && sum.isPresent(); i++) {
        Optional<Value> mean = negated(sum.get().operand(i), x, factor, pattern);
        if (mean.isPresent()) {
          return Optional.of(new Rest(mean.get(), sum.get().operand(1 - i)));
        }
      }
      return Optional.empty();
    }

    /** The mean of x of which a value is the product with −f. */
    private static Optional<Value> negated(Value value, Value x, Value factor, Pattern pattern) {
      return pattern
          .node(value, "MUL")
          .flatMap(product -> Pattern.besides(product, factor))
          .flatMap(minus -> pattern.argument(minus, "NEG"))
          .filter(mean -> isMeanOf(x, mean, pattern));
    }

    private static boolean isMeanOf(Value x, Value mean, Pattern pattern) {
      return pattern.argument(mean, "MEAN").filter(x::equals).isPresent();
    }
  }
}
