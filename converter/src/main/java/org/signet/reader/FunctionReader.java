package org.signet.reader;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.signet.reader.ArgumentValue.AnyTensor;
import org.signet.reader.ArgumentValue.Constant;
import org.signet.reader.ArgumentValue.Dictionary;
import org.signet.reader.ArgumentValue.Sequence;
import org.signet.reader.FunctionInfo.Parameter;
import org.signet.reader.FunctionInfo.Trace;
import org.tensorflow.proto.SavedObjectGraphOuterClass.FunctionSpec;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedBareConcreteFunction;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedConcreteFunction;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObject;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObjectGraph;

/** Reads the functions of an object graph, with the arguments of each trace. */
final class FunctionReader {
  private final SavedObjectGraph graph;

  FunctionReader(SavedObjectGraph graph) {
    this.graph = graph;
  }

  /** The function that this node is; empty if it is none. */
  Optional<FunctionInfo> read(String path, SavedObject node) {
    return switch (node.getKindCase()) {
      case FUNCTION -> {
        List<Parameter> parameters = parameters(node.getFunction().getFunctionSpec());
        List<Trace> traces = new ArrayList<>();
        for (String name : node.getFunction().getConcreteFunctionsList()) {
          traces.add(trace(name, parameters.stream().map(Parameter::name).toList(), false));
        }
        yield Optional.of(new FunctionInfo(path, parameters, traces));
      }
      case BARE_CONCRETE_FUNCTION -> {
        SavedBareConcreteFunction bare = node.getBareConcreteFunction();
        Trace trace = trace(bare.getConcreteFunctionName(), bare.getArgumentKeywordsList(), true);
        yield Optional.of(
            new FunctionInfo(path, parameters(bare.getFunctionSpec()), List.of(trace)));
      }
      default -> Optional.empty();
    };
  }

  /** Out of Python's {@code inspect.FullArgSpec}. */
  private static List<Parameter> parameters(FunctionSpec spec) {
    List<Parameter> parameters = new ArrayList<>();
    if (!(ArgumentValues.of(spec.getFullargspec()) instanceof Dictionary full)) {
      return parameters;
    }
    List<String> names = new ArrayList<>(names(full, "args"));
    List<ArgumentValue> defaults = items(full, "defaults");
    int first = names.size() - defaults.size();
    for (int i = 0; i < names.size(); i++) {
      Optional<ArgumentValue> fallback =
          i >= first ? Optional.of(defaults.get(i - first)) : Optional.empty();
      parameters.add(new Parameter(names.get(i), false, fallback));
    }
    if (spec.getIsMethod() && !parameters.isEmpty()) {
      parameters.removeFirst();
    }
    name(full, "varargs").ifPresent(name -> parameters.add(rest("*" + name, false)));
    Map<String, ArgumentValue> keywordDefaults =
        full.entries().get("kwonlydefaults") instanceof Dictionary some ? some.entries() : Map.of();
    for (String name : names(full, "kwonlyargs")) {
      parameters.add(new Parameter(name, true, Optional.ofNullable(keywordDefaults.get(name))));
    }
    name(full, "varkw").ifPresent(name -> parameters.add(rest("**" + name, true)));
    return parameters;
  }

  private static Parameter rest(String name, boolean keywordOnly) {
    return new Parameter(name, keywordOnly, Optional.empty());
  }

  private static List<ArgumentValue> items(Dictionary spec, String member) {
    return spec.entries().get(member) instanceof Sequence sequence ? sequence.items() : List.of();
  }

  private static List<String> names(Dictionary spec, String member) {
    return items(spec, member).stream().map(FunctionReader::unquoted).toList();
  }

  private static Optional<String> name(Dictionary spec, String member) {
    return spec.entries().get(member) instanceof Constant constant && constant.type().equals("str")
        ? Optional.of(unquoted(constant))
        : Optional.empty();
  }

  private static String unquoted(ArgumentValue name) {
    String text = name.toString();
    return text.length() >= 2 ? text.substring(1, text.length() - 1) : text;
  }

  /** Results are named after nothing that anybody would know. */
  private static ArgumentValue nameless(ArgumentValue value) {
    return switch (value) {
      case AnyTensor tensor -> new AnyTensor("", tensor.type());
      case Sequence sequence ->
          new Sequence(
              sequence.tuple(), sequence.items().stream().map(FunctionReader::nameless).toList());
      case Dictionary dictionary -> {
        Map<String, ArgumentValue> entries = new LinkedHashMap<>();
        dictionary.entries().forEach((name, item) -> entries.put(name, nameless(item)));
        yield new Dictionary(dictionary.name(), entries);
      }
      case Constant constant -> constant;
      case ArgumentValue.Composite composite -> composite;
    };
  }

  /**
   * A concrete function.
   *
   * @param bare whether it has no Python function that could take anything but its tensors
   */
  private Trace trace(String name, List<String> parameters, boolean bare) {
    SavedConcreteFunction concrete =
        graph.getConcreteFunctionsOrDefault(name, SavedConcreteFunction.getDefaultInstance());
    Map<String, ArgumentValue> positional = new LinkedHashMap<>();
    Map<String, ArgumentValue> keywords = new LinkedHashMap<>();
    if (ArgumentValues.of(concrete.getCanonicalizedInputSignature()) instanceof Sequence both
        && both.items().size() == 2
        && both.items().getFirst() instanceof Sequence arguments
        && both.items().getLast() instanceof Dictionary named) {
      for (int i = 0; i < arguments.items().size(); i++) {
        String own = i < parameters.size() ? parameters.get(i) : "";
        boolean usable = !own.isEmpty() && !own.startsWith("*") && !positional.containsKey(own);
        positional.put(usable ? own : "#" + i, arguments.items().get(i));
      }
      (bare ? positional : keywords).putAll(named.entries());
    }
    return new Trace(
        name,
        positional,
        keywords,
        nameless(ArgumentValues.of(concrete.getOutputSignature())),
        concrete.getBoundInputsList());
  }
}
