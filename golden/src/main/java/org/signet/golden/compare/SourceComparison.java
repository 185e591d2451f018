package org.signet.golden.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.golden.Tolerance;
import org.signet.golden.compare.SeededInputs.Integers;
import org.signet.kernel.KernelProviders;
import org.signet.model.ModelSignature;
import org.signet.model.TfliteModel;
import org.signet.session.Interpreter;
import org.signet.session.InterpreterOptions;
import org.signet.session.SignatureInfo;
import org.signet.session.SignatureRunner;
import org.signet.tensor.Tensor;

/**
 * Compares a model with its source, signature by signature, on the same seeded inputs. The source
 * runs as it is, on reference kernels, the model as it would anywhere. How strictly outputs are
 * compared follows from the ops on their way.
 */
public final class SourceComparison {
  /** Tried on every signature. */
  private static final List<SeededInputs> USUAL =
      List.of(
          new SeededInputs(1, 1, Integers.SMALL, 1),
          new SeededInputs(3, 1, Integers.SMALL, 2),
          new SeededInputs(3, 2, Integers.DIGITS, 3));

  /** Tried until the source accepts one, where it accepts none of the usual ones. */
  private static final List<SeededInputs> UNUSUAL =
      List.of(
          new SeededInputs(2, 0, Integers.BITS, 4),
          new SeededInputs(3, 1, Integers.COUNTING, 5),
          new SeededInputs(1, 1, Integers.MINUS_ONE, 6),
          new SeededInputs(1, 3, Integers.BITS, 7),
          new SeededInputs(8, 4, Integers.BITS, 8),
          new SeededInputs(32, 1, Integers.BITS, 10),
          new SeededInputs(96, 1, Integers.BITS, 12),
          new SeededInputs(224, 1, Integers.BITS, 14));

  private static final int LONGEST_REASON = 200;

  private final TfliteModel source;
  private final TfliteModel model;
  private final InterpreterOptions options;

  private SourceComparison(TfliteModel source, TfliteModel model, InterpreterOptions options) {
    this.source = source;
    this.model = model;
    this.options = options;
  }

  /**
   * Compares.
   *
   * @param source the source, every op TensorFlow's own
   * @param model the model made from it
   * @param options how the model runs
   * @return a verdict for each signature of either, in the source's order
   */
  public static List<SignatureVerdict> compare(
      TfliteModel source, TfliteModel model, InterpreterOptions options) {
    return new SourceComparison(source, model, options).run();
  }

  private List<SignatureVerdict> run() {
    List<SignatureVerdict> verdicts = new ArrayList<>();
    // What an op has no kernel for may be what the conversion turned into something else.
    InterpreterOptions reference =
        InterpreterOptions.standard().withProviders(KernelProviders.reference()).withPartialUse();
    try (Interpreter original = new Interpreter(source, reference);
        Interpreter converted = new Interpreter(model, options)) {
      for (String key : original.signatures().keySet()) {
        verdicts.add(signature(key, original, converted));
      }
      for (String key : converted.signatures().keySet()) {
        if (!original.signatures().containsKey(key)) {
          verdicts.add(
              SignatureVerdict.failed(
                  key,
                  Code.SIGNATURES_DIFFER,
                  "unexpected signature: the source has none of this key"));
        }
      }
    }
    return verdicts;
  }

  private SignatureVerdict signature(String key, Interpreter original, Interpreter converted) {
    SignatureInfo expected = original.signatures().get(key);
    SignatureInfo found = converted.signatures().get(key);
    if (expected == null || found == null) {
      return SignatureVerdict.failed(key, Code.SIGNATURES_DIFFER, "missing signature");
    }
    Optional<String> difference = declarations(expected, found);
    if (difference.isPresent()) {
      return SignatureVerdict.failed(key, Code.SIGNATURES_DIFFER, difference.get());
    }
    try {
      return new Trials(key, original.signatureRunner(key), converted.signatureRunner(key)).run();
    } catch (SignetException e) {
      VerdictBuilder verdict = new VerdictBuilder(key);
      verdict.fail("planning", e);
      return verdict.build();
    }
  }

  /** Here the order counts, too. */
  private static Optional<String> declarations(SignatureInfo expected, SignatureInfo found) {
    return names("inputs", expected.inputs(), found.inputs())
        .or(() -> names("outputs", expected.outputs(), found.outputs()))
        .or(() -> Declarations.types(expected.inputs(), found.inputs()));
  }

  private static Optional<String> names(
      String what, SequencedMap<String, ?> expected, SequencedMap<String, ?> found) {
    List<String> wanted = List.copyOf(expected.keySet());
    List<String> got = List.copyOf(found.keySet());
    return Declarations.names(what, wanted, got)
        .or(() ->
            wanted.equals(got)
                ? Optional.empty()
                : Optional.of(what + ": the order is " + got + ", expected " + wanted));
  }

  /** The calls of one signature. */
  private final class Trials {
    private final VerdictBuilder verdict;
    private final SignatureRunner original;
    private final SignatureRunner converted;
    private final Map<String, Strictness> strictness = new LinkedHashMap<>();
    private final List<Diagnosis.Call> history = new ArrayList<>();
    private final Tolerance[] used = {Tolerance.EXACT};
    private String refusal = "";

    Trials(String key, SignatureRunner original, SignatureRunner converted) {
      this.verdict = new VerdictBuilder(key);
      this.original = original;
      this.converted = converted;
      ModelSignature before = signatureOf(source, key);
      ModelSignature after = signatureOf(model, key);
      for (String output : original.outputs().keySet()) {
        strictness.put(
            output,
            Strictness.ofOutput(source, before, output)
                .or(Strictness.ofOutput(model, after, output)));
      }
    }

    private static ModelSignature signatureOf(TfliteModel model, String key) {
      return Objects.requireNonNull(model.signatures().get(key));
    }

    SignatureVerdict run() {
      for (SeededInputs inputs : USUAL) {
        attempt(inputs);
      }
      for (SeededInputs inputs : UNUSUAL) {
        if (verdict.calls() == 0 && !verdict.failed()) {
          attempt(inputs);
        }
      }
      if (verdict.calls() == 0) {
        verdict.fail(Code.NOT_VERIFIED, reason());
      }
      strictness.forEach((output, how) -> {
        if (!how.deterministic()) {
          verdict.note("output '" + output + "' is random: only its type and shape were compared");
        }
      });
      SignatureVerdict built = verdict.build();
      if (built.passed() || history.isEmpty()) {
        return built;
      }
      Diagnosis diagnosis = new Diagnosis(model, options, Optional.of(source));
      return built.withDivergence(diagnosis.explain(history, used[0]));
    }

    private String reason() {
      if (refusal.isEmpty()) {
        return "no inputs can be made up for it";
      }
      boolean cut = refusal.length() > LONGEST_REASON;
      return "the source accepts none of the seeded inputs: "
          + (cut ? refusal.substring(0, LONGEST_REASON) + "…" : refusal);
    }

    private void attempt(SeededInputs seeded) {
      Optional<Map<String, Tensor>> inputs = seeded.make(original.inputs());
      if (inputs.isEmpty() || verdict.failed()) {
        return;
      }
      Map<String, Tensor> expected;
      try {
        expected = original.run(inputs.get());
      } catch (SignetException e) {
        refusal = refusal.isEmpty() ? e.diagnostics().getFirst().toString() : refusal;
        return;
      }
      history.add(new Diagnosis.Call(converted.key(), inputs.get()));
      String place = "seeded call " + verdict.calls();
      try {
        compare(place, expected, converted.run(inputs.get()));
      } catch (SignetException e) {
        verdict.fail(place, e);
      }
      verdict.endCall();
    }

    private void compare(String place, Map<String, Tensor> expected, Map<String, Tensor> actual) {
      expected.forEach((name, tensor) -> {
        Tensor got = Objects.requireNonNull(actual.get(name));
        Strictness how =
            strictness.getOrDefault(
                name, Strictness.ofOutput(model, signatureOf(model, converted.key()), name));
        Tolerance tolerance = how.tolerance(tensor);
        TensorVerdict compared =
            how.deterministic()
                ? TensorComparison.compare(tensor, got, tolerance)
                : TensorComparison.compareTypes(tensor, got);
        if (!compared.passed() && !verdict.failed()) {
          used[0] = tolerance;
        }
        verdict.add(place, name, compared);
      });
    }
  }
}
