package org.signet.cli.expr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.signet.diag.SignetException;
import org.signet.tensor.Tensor;

class ExpressionLawsTest {
  private static Tensor value(String expression) {
    return new InputExpressions("x=" + expression, 0).get("x");
  }

  /**
   * A sum or product as text, without a bracket too many, and its value.
   *
   * @param text as Python writes it
   * @param value what it gives
   * @param binds how strongly: 1 a sum, 2 a product, 3 a number
   */
  record Tree(String text, long value, int binds) {
    String within(int needed) {
      return binds >= needed ? text : "(" + text + ")";
    }

    static Tree of(char operator, Tree a, Tree b) {
      return switch (operator) {
        case '+' -> new Tree(a.within(1) + "+" + b.within(2), a.value + b.value, 1);
        case '-' -> new Tree(a.within(1) + " - " + b.within(2), a.value - b.value, 1);
        default -> new Tree(a.within(2) + "*" + b.within(3), a.value * b.value, 2);
      };
    }
  }

  @Provide
  Arbitrary<Tree> trees() {
    Arbitrary<Tree> leaf =
        Arbitraries.longs().between(0, 9).map(n -> new Tree(String.valueOf(n), n, 3));
    return Arbitraries.recursive(
        () -> leaf,
        inner -> Combinators.combine(Arbitraries.of('+', '-', '*'), inner, inner).as(Tree::of),
        0,
        4);
  }

  @Property(tries = 300)
  void precedenceIsPythons(@ForAll("trees") Tree tree) {
    assertThat(value(tree.text()).getLong(0)).isEqualTo(tree.value());
  }

  @Property(tries = 300)
  void rowsKeepTheirOrder(@ForAll @Size(3) List<@Size(2) List<Long>> rows) {
    Tensor tensor = value(rows.toString());
    assertThat(tensor.shape()).containsExactly(3, 2);
    List<Long> flat = rows.stream().flatMap(List::stream).toList();
    for (int i = 0; i < flat.size(); i++) {
      assertThat(tensor.getLong(i)).isEqualTo(flat.get(i));
    }
  }

  @Property(tries = 300)
  void doublesLoseNothing(@ForAll double number) {
    assertThat(value(Double.toString(number)).getDouble(0)).isEqualTo(number);
  }

  @Property(tries = 300)
  void stringsLoseNothing(@ForAll String text) {
    String quoted =
        text.chars()
            .mapToObj(c -> Character.isSurrogate((char) c) ? "?" : String.format("\\u%04x", c))
            .collect(Collectors.joining("", "'", "'"));
    String expected =
        text.chars()
            .mapToObj(c -> Character.isSurrogate((char) c) ? "?" : String.valueOf((char) c))
            .collect(Collectors.joining());
    assertThat(value(quoted).getString(0)).isEqualTo(expected);
  }

  /** Any words in any order are an expression, or a mistake that is told. */
  @Property(tries = 2000)
  void nothingElseIsThrown(@ForAll("words") List<String> words) {
    try {
      assertThat(new InputExpressions(String.join("", words), 0).names()).isNotEmpty();
    } catch (SignetException e) {
      assertThat(e).hasMessageContaining("--input-exprs, column ");
    }
  }

  @Provide
  Arbitrary<List<String>> words() {
    return Arbitraries.of(
            "x=",
            "y=",
            ";",
            "np.",
            "ones",
            "arange",
            "full",
            "array",
            "eye",
            "linspace",
            "random.rand",
            "(",
            ")",
            "[",
            "]",
            ",",
            "1",
            "2.5",
            "-",
            "+",
            "*",
            "/",
            "'a'",
            "b'",
            "np.float32",
            "dtype=",
            ".astype",
            ".reshape",
            "True",
            "=",
            " ",
            "1e400",
            "-1",
            "18446744073709551615",
            "shape=")
        .list()
        .ofMaxSize(14)
        .map(list -> {
          list.addFirst("x=");
          return list;
        });
  }
}
