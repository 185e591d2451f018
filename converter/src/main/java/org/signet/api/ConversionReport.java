package org.signet.api;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.signet.diag.Diagnostic;
import org.signet.lower.FlexUse;
import org.signet.type.TensorType;

/**
 * What a conversion did.
 *
 * @param signatures as converted, in order
 * @param flexUses every Flex op kept, with the reason
 * @param diagnostics warnings and notes
 * @param sourceBytes the size of the source's files
 * @param modelBytes the size of the model file
 * @param duration how long it took
 */
public record ConversionReport(
    List<SignatureSummary> signatures,
    List<FlexUse> flexUses,
    List<Diagnostic> diagnostics,
    long sourceBytes,
    long modelBytes,
    Duration duration) {
  public ConversionReport {
    signatures = List.copyOf(signatures);
    flexUses = List.copyOf(flexUses);
    diagnostics = List.copyOf(diagnostics);
  }

  /**
   * One signature.
   *
   * @param key its key
   * @param inputs name to type, in declared order
   * @param outputs name to type, in declared order
   * @param builtins how often each builtin is used, by name
   * @param flexOps how often each Flex op is used, by name
   */
  public record SignatureSummary(
      String key,
      Map<String, TensorType> inputs,
      Map<String, TensorType> outputs,
      Map<String, Integer> builtins,
      Map<String, Integer> flexOps) {
    public int builtinCount() {
      return builtins.values().stream().mapToInt(i -> i).sum();
    }

    public int flexCount() {
      return flexOps.values().stream().mapToInt(i -> i).sum();
    }
  }

  public int builtinCount() {
    return signatures.stream().mapToInt(SignatureSummary::builtinCount).sum();
  }

  public int flexCount() {
    return signatures.stream().mapToInt(SignatureSummary::flexCount).sum();
  }
}
