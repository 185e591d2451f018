package org.signet.golden.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.golden.CaseCall;
import org.signet.golden.CaseSignature;
import org.signet.golden.GoldenCase;
import org.signet.golden.TensorFiles;
import org.signet.golden.Tolerance;
import org.signet.model.TfliteModel;
import org.signet.session.Interpreter;
import org.signet.session.InterpreterOptions;
import org.signet.session.SignatureInfo;
import org.signet.session.SignatureRunner;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * Compares what a model gives with a golden case: signature keys, names, declared inputs, and the
 * outputs of each call. The calls are made in order in one session.
 */
public final class CaseComparison {
  private final GoldenCase goldenCase;
  private final SequencedMap<String, VerdictBuilder> verdicts = new LinkedHashMap<>();
  private final Map<String, SignatureRunner> runners = new LinkedHashMap<>();
  private final Map<String, Integer> firstFailures = new LinkedHashMap<>();

  private CaseComparison(GoldenCase goldenCase) {
    this.goldenCase = goldenCase;
  }

  /**
   * Runs a case.
   *
   * @throws SignetException if the case itself is malformed; what the model does wrong is part of
   *     the verdict
   */
  public static CaseVerdict compare(
      GoldenCase goldenCase, TfliteModel model, InterpreterOptions options) {
    return new CaseComparison(goldenCase).run(model, options, Optional.empty());
  }

  /**
   * Runs a case, and for each signature that fails finds out which operator is at fault.
   *
   * @param source the case's source, run as it is, if it could be opened
   */
  public static CaseVerdict diagnose(
      GoldenCase goldenCase,
      TfliteModel model,
      InterpreterOptions options,
      Optional<TfliteModel> source) {
    CaseComparison comparison = new CaseComparison(goldenCase);
    return comparison.run(model, options, Optional.of(new Diagnosis(model, options, source)));
  }

  private CaseVerdict run(
      TfliteModel model, InterpreterOptions options, Optional<Diagnosis> diagnosis) {
    try (Interpreter interpreter = new Interpreter(model, options)) {
      goldenCase.signatures().forEach((key, declared) -> open(key, declared, interpreter));
      for (String key : interpreter.signatures().keySet()) {
        if (!goldenCase.signatures().containsKey(key)) {
          verdict(key).fail(Code.SIGNATURES_DIFFER, "unexpected signature");
        }
      }
      goldenCase.calls().forEach(this::call);
    }
    List<SignatureVerdict> built = new ArrayList<>();
    for (VerdictBuilder builder : verdicts.values()) {
      SignatureVerdict verdict = builder.build();
      built.add(diagnosis.map(d -> explained(verdict, d)).orElse(verdict));
    }
    return new CaseVerdict(goldenCase.name(), built);
  }

  private VerdictBuilder verdict(String key) {
    return verdicts.computeIfAbsent(key, VerdictBuilder::new);
  }

  /** Prepares a signature if its declarations are right. */
  private void open(String key, CaseSignature declared, Interpreter interpreter) {
    SignatureInfo found = interpreter.signatures().get(key);
    if (found == null) {
      verdict(key).fail(Code.SIGNATURES_DIFFER, "missing signature");
      return;
    }
    Optional<String> difference =
        Declarations.names("inputs", declared.inputs().keySet(), found.inputs().keySet())
            .or(() ->
                Declarations.names(
                    "outputs", declared.outputs().keySet(), found.outputs().keySet()))
            .or(() -> Declarations.types(declared.inputs(), found.inputs()));
    VerdictBuilder verdict = verdict(key);
    difference.ifPresent(what -> verdict.fail(Code.SIGNATURES_DIFFER, what));
    if (difference.isEmpty()) {
      try {
        runners.put(key, interpreter.signatureRunner(key));
      } catch (SignetException e) {
        verdict.fail("planning", e);
      }
    }
  }

  private void call(CaseCall call) {
    SignatureRunner runner = runners.get(call.signature());
    VerdictBuilder verdict = verdict(call.signature());
    if (runner == null) {
      verdict.fail(Code.MALFORMED_CASE, "a call of a signature that the case does not declare");
      return;
    }
    String place = "call " + call.index();
    try {
      compare(call, place, runner.run(inputs(call)), verdict);
    } catch (SignetException e) {
      verdict.fail(place, e);
    }
    verdict.endCall();
    if (verdict.failed()) {
      firstFailures.putIfAbsent(call.signature(), call.index());
    }
  }

  private void compare(
      CaseCall call, String place, Map<String, Tensor> outputs, VerdictBuilder verdict) {
    for (Map.Entry<String, Path> output : call.outputs().entrySet()) {
      String name = output.getKey();
      Tensor actual = outputs.get(name);
      if (actual == null) {
        verdict.fail(Code.SIGNATURES_DIFFER, place + ": no output '" + name + "'");
        continue;
      }
      Tensor expected = TensorFiles.read(output.getValue(), outputType(call, name, actual.dtype()));
      verdict.add(place, name, TensorComparison.compare(expected, actual, goldenCase.tolerance()));
    }
  }

  private DType outputType(CaseCall call, String name, DType fallback) {
    return declared(call)
        .map(CaseSignature::outputs)
        .map(types -> types.get(name))
        .map(TensorType::dtype)
        .orElse(fallback);
  }

  private Optional<CaseSignature> declared(CaseCall call) {
    return Optional.ofNullable(goldenCase.signatures().get(call.signature()));
  }

  private Map<String, Tensor> inputs(CaseCall call) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    for (Map.Entry<String, Path> input : call.inputs().entrySet()) {
      DType dtype =
          declared(call)
              .map(CaseSignature::inputs)
              .map(types -> types.get(input.getKey()))
              .map(TensorType::dtype)
              .orElse(DType.FLOAT32);
      inputs.put(input.getKey(), TensorFiles.read(input.getValue(), dtype));
    }
    return inputs;
  }

  private SignatureVerdict explained(SignatureVerdict verdict, Diagnosis diagnosis) {
    Integer failed = firstFailures.get(verdict.key());
    if (verdict.passed() || failed == null) {
      return verdict;
    }
    List<Diagnosis.Call> history = new ArrayList<>();
    for (CaseCall call :
        goldenCase.calls().subList(goldenCase.stateful() ? 0 : failed, failed + 1)) {
      if (runners.containsKey(call.signature())) {
        history.add(new Diagnosis.Call(call.signature(), inputs(call)));
      }
    }
    Tolerance tolerance = goldenCase.tolerance();
    return verdict.withDivergence(diagnosis.explain(history, tolerance));
  }
}
