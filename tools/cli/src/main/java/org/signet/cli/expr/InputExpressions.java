package org.signet.cli.expr;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.tensor.Tensor;
import org.signet.type.TensorType;

/**
 * The values of {@code --input-exprs 'x=np.ones((2,3));y=[[1,2],[3,4]]'}.
 *
 * <p>They are computed in the order in which they are written, so random numbers follow each other.
 */
public final class InputExpressions {
  private final SequencedMap<String, Tensor> values = new LinkedHashMap<>();

  /**
   * @param seed for {@code np.random}
   * @throws SignetException BAD_VALUE with the column of the mistake
   */
  public InputExpressions(String text, int seed) {
    ExpressionText source = new ExpressionText(text);
    Evaluator evaluator = new Evaluator(source, new NumpyFunctions(seed));
    new Parser(source)
        .assignments()
        .forEach((name, syntax) -> {
          Value value = evaluator.evaluate(syntax);
          if (value instanceof Value.Type) {
            throw source.mistake(syntax.at(), "a type is no value");
          }
          try {
            values.put(name, Arrays.of(value));
          } catch (IllegalArgumentException e) {
            throw source.mistake(syntax.at(), String.valueOf(e.getMessage()));
          }
        });
  }

  /** The names, in order. */
  public Set<String> names() {
    return Collections.unmodifiableSet(values.keySet());
  }

  /** The value of a name, with NumPy's type. */
  public Tensor get(String name) {
    Tensor value = values.get(name);
    if (value == null) {
      throw SignetException.of(Code.NO_SUCH_INPUT, "there is no expression for '" + name + "'");
    }
    return value;
  }

  /**
   * The value of a name as an input of this type. Floating numbers are rounded to it, all else must
   * be of it already.
   *
   * @throws SignetException BAD_VALUE if it is not
   */
  public Tensor get(String name, TensorType declared) {
    try {
      return Casts.exactly(get(name), declared.dtype());
    } catch (IllegalArgumentException e) {
      throw SignetException.of(
          Code.BAD_VALUE,
          "input '"
              + name
              + "' is "
              + get(name).type()
              + ", but must be "
              + declared
              + ": "
              + e.getMessage());
    }
  }
}
