package org.signet.op;

import java.util.List;

/**
 * Ops of a library other than TensorFlow's, found by {@link java.util.ServiceLoader}: name the
 * implementation in {@code META-INF/services/org.signet.op.OpExtension} of a jar on the class path.
 *
 * <p>An op that a model uses is defined twice: under {@link OpKey#tf} it is what the source means
 * by it, under {@link OpKey#custom} what the model file's custom op does. Both may share a shape
 * rule and an evaluation.
 */
public interface OpExtension {
  /** Definitions of ops that Signet does not define; made once, safe to use from many threads. */
  List<OpDefinition> definitions();
}
