package org.signet.kernel;

/** A provider's answer to a step. */
public sealed interface Offer {
  /**
   * @param kernel runs the step, at any size that fits its declared types
   */
  record Accepted(Kernel kernel) implements Offer {}

  /**
   * @param reason why not, for {@code --explain}: a few words in lower case
   */
  record Refused(String reason) implements Offer {}

  static Offer accept(Kernel kernel) {
    return new Accepted(kernel);
  }

  static Offer refuse(String reason) {
    return new Refused(reason);
  }
}
