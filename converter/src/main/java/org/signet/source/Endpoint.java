package org.signet.source;

import org.signet.type.TensorType;

/**
 * An input or output of a signature.
 *
 * @param name its name in the signature, to the letter
 * @param tensor the tensor of the main graph it stands for: {@code node:0}
 * @param type as declared
 */
public record Endpoint(String name, String tensor, TensorType type) {}
