package org.signet.kernel.dense;

import org.signet.kernel.KernelProvider;
import org.signet.kernel.KernelProviders;

/** Prints the names of the standard providers; run in a JVM of its own. */
final class ProviderNames {
  private ProviderNames() {}

  public static void main(String[] args) {
    System.out.println(KernelProviders.standard().stream().map(KernelProvider::name).toList());
  }
}
