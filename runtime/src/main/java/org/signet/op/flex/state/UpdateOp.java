package org.signet.op.flex.state;

import java.util.List;
import java.util.Optional;
import org.signet.schema.catalog.TfOpCatalog;
import org.signet.schema.catalog.TfOpDef;
import org.signet.schema.catalog.TfOpDef.ArgDef;

/**
 * One of TensorFlow's ops that take a step of an optimizer: {@code [Resource][Sparse]Apply…}.
 *
 * @param definition its definition
 * @param sparse whether only the rows that {@code indices} name take a step, one after the other
 */
public record UpdateOp(TfOpDef definition, boolean sparse) {
  private static final String APPLY = "Apply";
  private static final List<String> PREFIXES = List.of("", "Resource", "Sparse", "ResourceSparse");

  /** All of them. */
  static List<UpdateOp> all() {
    return UpdateFormulas.BY_NAME.keySet().stream()
        .sorted()
        .flatMap(formula -> PREFIXES.stream().map(prefix -> find(prefix + APPLY + formula)))
        .flatMap(Optional::stream)
        .toList();
  }

  /** The op of this name, if it is one of these. */
  public static Optional<UpdateOp> find(String name) {
    return UpdateFormulas.BY_NAME.containsKey(formula(name))
        ? TfOpCatalog.standard()
            .find(name)
            .map(definition -> new UpdateOp(definition, name.contains("Sparse" + APPLY)))
        : Optional.empty();
  }

  private static String formula(String op) {
    int at = op.indexOf(APPLY);
    return at >= 0 && PREFIXES.contains(op.substring(0, at))
        ? op.substring(at + APPLY.length())
        : "";
  }

  public String name() {
    return definition.name();
  }

  /** The names of the operands, in order. */
  public List<String> operands() {
    return definition.inputs().stream().map(ArgDef::name).toList();
  }

  /** The operands that are variables, which come first. */
  public List<String> variables() {
    return definition.inputs().stream()
        .filter(input -> input.ref() || input.type().equals(Optional.of("RESOURCE")))
        .map(ArgDef::name)
        .toList();
  }

  /** Whether the variables are references, as in TF1; the op then gives the first one back. */
  public boolean onReferences() {
    return definition.inputs().getFirst().ref();
  }

  /** The operand that holds a value for each element, or each row, of the variables. */
  public String gradient() {
    return operands().contains("delta") ? "delta" : "grad";
  }

  /** Takes the step. */
  public <V> void apply(Update<V> update) {
    UpdateFormulas.Formula formula = UpdateFormulas.BY_NAME.get(formula(name()));
    if (formula == null) {
      throw new IllegalStateException(name());
    }
    formula.apply(update);
  }
}
