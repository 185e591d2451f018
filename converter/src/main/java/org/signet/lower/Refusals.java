package org.signet.lower;

import java.util.List;
import java.util.Optional;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.RefusedOp;
import org.signet.ir.Node;
import org.signet.ir.StateHandles;
import org.signet.ir.UnknownNodes;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpDefinitions;
import org.signet.schema.catalog.TfOpCatalog;
import org.signet.schema.catalog.TfOpDef;
import org.signet.type.DType;
import org.signet.type.TensorType;

/** Why a node that no lowering took can't be a Flex op either. */
final class Refusals {
  private static final String ALLOW = "allow it with --flex allow";
  private static final String LOWER = "or give it a lowering, see docs/extending.md";
  private static final String LEAVE_OUT = "change the model, or convert others with --signatures";

  private Refusals() {}

  /**
   * What is in the way of keeping {@code node} as a Flex op, if anything.
   *
   * @param operands as lowered
   * @param declines what the lowerings said
   */
  static Optional<Diagnostic> of(
      Node node, List<Value> operands, List<RefusedOp.Decline> declines, FlexMode flex) {
    RefusedOp op = new RefusedOp(node.op().name(), declines);
    String unasked = declines.isEmpty() ? ": no builtin" : "";
    return why(node, operands, flex, unasked).map(why -> why.at(node.origin()).refusing(op));
  }

  private static Optional<Diagnostic> why(
      Node node, List<Value> operands, FlexMode flex, String unasked) {
    String op = node.op().name();
    Optional<TfOpDef> definition = TfOpCatalog.standard().find(op);
    if (definition.isEmpty()) {
      // Without a meaning it was reported when it was imported.
      boolean imported = OpDefinitions.standard().find(node.op()).isPresent();
      return imported && flex != FlexMode.ONLY ? Optional.of(unknownToTensorFlow(op)) : none();
    }
    return noState(node, operands)
        .or(() -> hasFunction(node.attributes()) ? Optional.of(callsFunctions(op)) : none())
        .or(() -> noType(node, operands))
        .or(() -> flex == FlexMode.ONLY ? none() : quantized(node, definition.get()))
        .or(() -> notAllowed(op, definition.get(), flex, unasked));
  }

  private static Optional<Diagnostic> none() {
    return Optional.empty();
  }

  private static Diagnostic unknownToTensorFlow(String op) {
    return Diagnostic.error(
        Code.UNKNOWN_OP,
        "TensorFlow has no op '" + op + "', so it can't stay a Flex op",
        "give it a lowering, see docs/extending.md");
  }

  private static Diagnostic callsFunctions(String op) {
    return Diagnostic.error(
        Code.OP_NOT_CONVERTIBLE, op + " calls functions, which a Flex op can't", LEAVE_OUT);
  }

  private static Optional<Diagnostic> noState(Node node, List<Value> operands) {
    String op = node.op().name();
    Optional<Value> resource =
        operands.stream().filter(Value.Resource.class::isInstance).findFirst();
    if (resource.isPresent()) {
      String what = op + " works on the state of '" + resource.get().name() + "'";
      return Optional.of(stateless(what + ", which has no place in a model file yet"));
    }
    boolean makesResource =
        node.resultTypes().stream().anyMatch(type -> type.dtype() == DType.RESOURCE);
    // What fills it, the model file would not run: it would be empty.
    return makesResource && !StateHandles.isInFile(op)
        ? Optional.of(stateless(op + " makes state that has no place in a model file yet"))
        : Optional.empty();
  }

  private static Diagnostic stateless(String message) {
    return Diagnostic.error(Code.OP_NOT_CONVERTIBLE, message, LEAVE_OUT);
  }

  private static Optional<Diagnostic> noType(Node node, List<Value> operands) {
    String op = node.op().name();
    for (Value operand : operands) {
      boolean typed = operand.isPresent() && !UnknownNodes.give(operand);
      if (typed && !operand.type().dtype().isInTflite()) {
        return Optional.of(notInTflite(op + " takes " + operand.type().dtype()));
      }
    }
    for (TensorType type : node.resultTypes()) {
      if (!type.dtype().isInTflite()) {
        return Optional.of(notInTflite(op + " gives " + type.dtype()));
      }
    }
    return Optional.empty();
  }

  /**
   * What takes quantized operands: the Flex delegate hands them over as the integers that they are
   * in the file, which TensorFlow's kernels end the process for.
   */
  private static Optional<Diagnostic> quantized(Node node, TfOpDef definition) {
    return definition.inputs().stream()
        .flatMap(input -> input.typeAttr().stream())
        .flatMap(name -> node.attributes().find(name).stream())
        .filter(value -> value instanceof DType type && type != type.carrier())
        .findFirst()
        .map(type -> notInTflite(node.op().name() + " takes " + type));
  }

  private static Optional<Diagnostic> notAllowed(
      String op, TfOpDef definition, FlexMode flex, String unasked) {
    if (flex == FlexMode.FORBID) {
      return Optional.of(
          Diagnostic.error(
              Code.FLEX_FORBIDDEN, op + " would have to be a Flex op" + unasked, ALLOW, LOWER));
    }
    if (flex == FlexMode.LISTED && !definition.flexListed()) {
      return Optional.of(
          Diagnostic.error(
              Code.FLEX_NOT_LISTED,
              op + " is not on the list of Flex ops" + unasked,
              ALLOW,
              LOWER));
    }
    return Optional.empty();
  }

  /** That a model file has no such type. */
  static Diagnostic notInTflite(String what) {
    return Diagnostic.error(
        Code.TYPE_NOT_IN_TFLITE,
        what + ", which a model file can't hold",
        "use another type there, or convert other signatures with --signatures");
  }

  private static boolean hasFunction(Attributes attributes) {
    return attributes.asMap().values().stream()
        .anyMatch(value ->
            value instanceof Attributes.FunctionRef
                || (value instanceof List<?> list
                    && list.stream().anyMatch(Attributes.FunctionRef.class::isInstance)));
  }
}
