package org.signet.ir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * The text form of graphs, for people and for approved snapshots: one line a node, the same text
 * for the same graph.
 */
public final class GraphText {
  private static final int MOST_ELEMENTS = 16;

  private final IdentityHashMap<Value, String> names = new IdentityHashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final Map<String, Integer> counts = new HashMap<>();

  private GraphText() {}

  /** All signatures, in order. */
  public static String of(Program program) {
    return program.signatures().stream().map(GraphText::of).collect(Collectors.joining("\n"));
  }

  public static String of(Signature signature) {
    return new GraphText().write(signature);
  }

  private String write(Signature signature) {
    StringBuilder text = new StringBuilder("signature ").append(signature.key()).append(" {\n");
    Graph graph = signature.graph();
    for (int i = 0; i < graph.inputs().size(); i++) {
      Value.Input input = graph.inputs().get(i);
      text.append("  ")
          .append(name(input))
          .append(" = input ")
          .append(signature.inputNames().get(i));
      text.append(" : ").append(input.type()).append('\n');
    }
    for (Node node : graph.nodes()) {
      text.append("  ").append(line(node)).append('\n');
      for (Graph body : node.bodies()) {
        List<String> inputs = body.inputs().stream().map(Value::name).toList();
        List<String> outputs = body.outputs().stream().map(Value::name).toList();
        String inner = new GraphText().write(new Signature("body", inputs, outputs, body));
        text.append(inner.replaceAll("(?m)^signature body", "body").indent(4));
      }
    }
    for (int i = 0; i < graph.outputs().size(); i++) {
      text.append("  output ").append(signature.outputNames().get(i)).append(" = ");
      text.append(operand(graph.outputs().get(i))).append('\n');
    }
    return text.append("}\n").toString();
  }

  private String line(Node node) {
    List<String> results = new ArrayList<>();
    node.results().forEach(result -> results.add(name(result)));
    String operands = node.operands().stream().map(this::operand).collect(Collectors.joining(", "));
    String attributes = node.attributes().asMap().isEmpty() ? "" : " " + node.attributes();
    String types =
        node.resultTypes().stream().map(Object::toString).collect(Collectors.joining(", "));
    return String.join(", ", results)
        + " = "
        + node.op()
        + "("
        + operands
        + ")"
        + attributes
        + " : "
        + types;
  }

  private String operand(Value value) {
    return switch (value) {
      case Value.Absent absent -> "-";
      case Value.Constant constant -> constant(constant);
      default -> name(value);
    };
  }

  private static String constant(Value.Constant constant) {
    DType dtype = constant.type().dtype();
    if (constant.type().shape().elements() > MOST_ELEMENTS
        || dtype == DType.RESOURCE
        || dtype == DType.VARIANT) {
      return "const " + constant.type();
    }
    Tensor tensor = constant.data().load(constant.type());
    return "const " + tensor;
  }

  private String name(Value value) {
    return names.computeIfAbsent(
        value,
        v -> {
          String candidate = "%" + v.name();
          while (!taken.add(candidate)) {
            candidate = "%" + v.name() + "." + counts.merge(v.name(), 1, Integer::sum);
          }
          return candidate;
        });
  }
}
