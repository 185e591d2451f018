package org.signet.pass.tf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.Origin;
import org.signet.diag.SignetException;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.op.flex.TfNodes;
import org.signet.schema.catalog.TfOpDef;
import org.signet.source.SourceNode;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** Imports the nodes that stay nodes, to be lowered later. */
final class PlainNodes {
  private final FunctionLibrary functions;
  private final GraphBuilder builder;
  private final VariableNodes variables;
  private final DeclaredShapes declaredShapes;

  PlainNodes(FunctionLibrary functions, GraphBuilder builder, VariableNodes variables) {
    this.functions = functions;
    this.builder = builder;
    this.variables = variables;
    declaredShapes = new DeclaredShapes(builder);
  }

  /**
   * The node's results.
   *
   * @throws SignetException UNKNOWN_OP, OP_NOT_CONVERTIBLE
   */
  List<Value> add(SourceNode node, Attributes attributes, List<Value> operands, Origin origin) {
    Optional<TfOpDef> definition = functions.op(node.op());
    if (definition.isEmpty()) {
      throw new SignetException(functions.unknownOp(node.op()).at(origin));
    }
    List<Value> read = variables.dereference(operands, origin);
    boolean assigns = definition.get().inputs().stream().anyMatch(TfOpDef.ArgDef::ref);
    if (assigns && operands.stream().anyMatch(variables::isReference)) {
      // Nothing may read its result, and then nobody would miss it.
      throw new SignetException(
          Diagnostic.error(
                  Code.OP_NOT_CONVERTIBLE,
                  node.op() + " changes a variable in a way that has no place in a model file")
              .at(origin));
    }
    Attributes complete = TfNodes.withDefaults(definition.get(), attributes);
    TfNodes.requireAllowed(definition.get(), complete);
    List<TensorType> types =
        TfNodes.resultTypes(definition.get(), complete).stream().map(CarriedTypes::of).toList();
    boolean doubtful = declaredShapes.areDoubtful(node, read);
    List<Shape> shapes = doubtful ? List.of() : DeclaredShapes.of(node);
    List<TensorType> declared = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      declared.add(
          shapes.size() == types.size() ? types.get(i).withShape(shapes.get(i)) : types.get(i));
    }
    List<Value> results =
        builder.add(OpKey.tf(node.op()), complete, read, declared, node.name(), origin);
    if (doubtful) {
      declaredShapes.addDoubtful(results);
    }
    return results;
  }
}
