package org.signet.pass.tf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.Origin;
import org.signet.diag.SignetException;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * One of the graphs that going through a data set is made of.
 *
 * @param importer into this graph
 * @param name of the node that goes through it
 * @param depth how many functions deep that stands
 */
record DataSetGraph(NodeImporter importer, String name, Origin origin, int depth) {
  private static final Attributes INT32 = Attributes.of("T", DType.INT32);

  private GraphBuilder builder() {
    return importer.builder();
  }

  DataSetGraph in(NodeImporter nested) {
    return new DataSetGraph(nested, name, origin, depth);
  }

  /** The results of a function of the model. */
  List<Value> call(String function, List<Value> operands) {
    return importer.call(function, operands, origin, depth);
  }

  Value number(int number) {
    return constant(Tensor.scalar(number));
  }

  Value constant(Tensor tensor) {
    return builder().constant(name + "/constant", tensor);
  }

  Value op(String op, Attributes attributes, Value... operands) {
    return builder().addOne(OpKey.tf(op), attributes, List.of(operands), name + "/" + op, origin);
  }

  /** An op on operands of one type, by the attribute {@code T}. */
  Value op(String op, Value... operands) {
    return op(op, Attributes.of("T", operands[0].type().dtype()), operands);
  }

  Value next(Value index, int step) {
    return op("AddV2", INT32, index, number(step));
  }

  Value not(Value truth) {
    return op("LogicalNot", Attributes.NONE, truth);
  }

  /** Whether all hold. */
  Value all(List<Value> conditions) {
    return conditions.stream()
        .reduce((a, b) -> op("LogicalAnd", Attributes.NONE, a, b))
        .orElseGet(() -> constant(Tensor.scalar(true)));
  }

  Value either(Value a, Value b) {
    return op("LogicalOr", Attributes.NONE, a, b);
  }

  /** How many rows a tensor has, as an int32. */
  Value rows(Value tensor) {
    Attributes types = Attributes.of("T", tensor.type().dtype(), "out_type", DType.INT32);
    return row(op("Shape", types, tensor), number(0));
  }

  /** The row, or the rows, that indices name. */
  Value row(Value tensor, Value indices) {
    Attributes types =
        Attributes.of("Tparams", tensor.type().dtype(), "Tindices", DType.INT32)
            .with("Taxis", DType.INT32)
            .with("batch_dims", 0L);
    return op("GatherV2", types, tensor, indices, number(0));
  }

  /** Values that there are only where a condition holds: elsewhere asking for them fails. */
  List<Value> where(Value condition, List<Value> values) {
    if (builder().constantValue(condition).filter(known -> known.getBoolean(0)).isPresent()) {
      return values;
    }
    Attributes cast = Attributes.of("SrcT", DType.BOOL, "DstT", DType.INT32);
    Value place = op("Cast", cast.with("Truncate", false), not(condition));
    return values.stream()
        .map(value -> {
          Attributes expand = Attributes.of("T", value.type().dtype(), "Tdim", DType.INT32);
          return row(op("ExpandDims", expand, value, number(0)), place);
        })
        .toList();
  }

  /** The int32 numbers from {@code from} to before {@code to}. */
  Value range(Value from, Value to) {
    return op("Range", Attributes.of("Tidx", DType.INT32), from, to, number(1));
  }

  /** What to do in one of two cases. */
  @FunctionalInterface
  interface Case {
    List<Value> add(DataSetGraph graph, List<Value> inputs);
  }

  /** What one of two cases gives. */
  List<Value> choose(Value condition, List<Value> inputs, Case then, Case otherwise) {
    return importer
        .control()
        .choose(
            condition,
            inputs,
            (nested, given) -> then.add(in(nested), given),
            (nested, given) -> otherwise.add(in(nested), given),
            name,
            origin,
            depth);
  }

  /** What is done with an element where a condition holds; else {@code rest} as it is. */
  List<Value> where(Value condition, List<Value> element, List<Value> rest, DataSet.Taker taker) {
    int size = element.size();
    return choose(
        condition,
        DataSet.joined(element, rest),
        (graph, given) ->
            taker.take(graph, given.subList(0, size), given.subList(size, given.size())),
        (_, given) -> given.subList(size, given.size()));
  }

  /**
   * Goes through a data set.
   *
   * @param rest what {@code taker} begins with
   * @param keeps which of it no turn changes
   * @return what is left of {@code rest}
   */
  List<Value> goThrough(DataSet data, List<Value> rest, List<Boolean> keeps, DataSet.Taker taker) {
    List<Value> start = data.start();
    int size = start.size();
    List<Boolean> kept = new ArrayList<>(data.kept());
    kept.addAll(keeps);
    kept.addAll(Collections.nCopies(rest.size() - keeps.size(), false));
    LoopFunctions turns =
        new LoopFunctions() {
          @Override
          public List<Value> test(NodeImporter nested, List<Value> variables) {
            DataSetGraph graph = in(nested);
            return List.of(graph.all(data.goesOn(graph, variables.subList(0, size))));
          }

          @Override
          public List<Value> turn(NodeImporter nested, List<Value> variables) {
            List<Value> next =
                new ArrayList<>(
                    data.turn(
                        in(nested),
                        variables.subList(0, size),
                        variables.subList(size, variables.size()),
                        taker));
            // What went through a branch is another value, though the same.
            for (int i = 0; i < next.size(); i++) {
              next.set(i, kept.get(i) ? variables.get(i) : next.get(i));
            }
            return next;
          }

          @Override
          public boolean keeps(int index) {
            return kept.get(index);
          }
        };
    List<Value> end =
        importer.control().loop(turns, DataSet.joined(start, rest), name, origin, depth);
    List<Value> all = data.finish(this, end.subList(0, size), end.subList(size, end.size()), taker);
    return all.subList(size, all.size());
  }

  SignetException refused(String what) {
    return new SignetException(
        Diagnostic.error(
                Code.OP_NOT_CONVERTIBLE,
                what + " has no place in a model file",
                "change the model, or convert others with --signatures")
            .at(origin));
  }
}
