package org.signet.reader;

import org.signet.type.TensorType;

/**
 * An input or output of a signature, or a tensor that could be one.
 *
 * @param name its name in the signature; for a tensor that is in none, its own
 * @param tensor the tensor of the graph that it stands for, {@code x:0}; of a sparse or other
 *     composite tensor all parts, joined by commas
 * @param type as declared
 */
public record TensorInfo(String name, String tensor, TensorType type) {}
