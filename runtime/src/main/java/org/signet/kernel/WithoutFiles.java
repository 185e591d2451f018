package org.signet.kernel;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.signet.op.OpKey;

/**
 * A provider that refuses ops that read or write files.
 *
 * @param provider offers all other kernels
 */
public record WithoutFiles(KernelProvider provider) implements KernelProvider {
  private static final Set<OpKey> ON_FILES =
      Set.of(
          OpKey.tf("MergeV2Checkpoints"),
          OpKey.tf("Restore"),
          OpKey.tf("RestoreV2"),
          OpKey.tf("Save"),
          OpKey.tf("SaveV2"));

  @Override
  public String name() {
    return provider.name();
  }

  @Override
  public Offer offer(Step step) {
    return ON_FILES.contains(step.op())
        ? Offer.refuse("it reads or writes files, which this session forbids")
        : provider.offer(step);
  }

  @Override
  public OptionalDouble estimate(Step step, Work work) {
    return provider.estimate(step, work);
  }

  @Override
  public Optional<Kernel> together(StepGroup group) {
    return provider.together(group);
  }
}
