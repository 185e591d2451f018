package org.signet.reader;

/**
 * A file that belongs to a model, such as a vocabulary.
 *
 * @param file its name in the directory {@code assets}
 * @param tensor the tensor of the graph that gets its path when the model is loaded
 */
public record AssetInfo(String file, String tensor) {}
