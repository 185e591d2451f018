/**
 * Models saved by Keras 2 and 3: {@code .keras} archives and whole-model HDF5 files. A layer
 * becomes the TensorFlow nodes that Keras itself would trace for it in inference, so that all that
 * follows is as for a SavedModel. Code that a file holds is never run.
 */
@org.jspecify.annotations.NullMarked
package org.signet.source.keras;
