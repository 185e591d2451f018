/**
 * Reading models as TensorFlow keeps them: SavedModel directories, their object graphs, checkpoints
 * and assets. Nothing here rewrites a graph; {@link org.signet.source.SourceModel} is what the file
 * says.
 */
@NullMarked
package org.signet.source;

import org.jspecify.annotations.NullMarked;
