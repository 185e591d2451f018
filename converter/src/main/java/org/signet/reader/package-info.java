/**
 * Reads what TensorFlow saved, without TensorFlow and without native code: SavedModels,
 * checkpoints, and files of one graph.
 *
 * <pre>{@code
 * try (SavedModel model = SavedModel.open(Path.of("model"))) {
 *   MetaGraph graph = model.metaGraph(Set.of("serve"));
 *   graph.signature("serving_default").inputs(); // [TensorInfo[name=x, ...]]
 *   graph.functions().forEach(function -> System.out.println(function.path()));
 *   Tensor kernel = graph.variable("dense_layer.kernel").value().orElseThrow().load();
 * }
 *
 * try (Checkpoint checkpoint = Checkpoint.open(Path.of("model/variables/variables"))) {
 *   for (String key : checkpoint.keys()) {
 *     System.out.println(checkpoint.entry(key));
 *   }
 * }
 * }</pre>
 *
 * <p>All objects are immutable and safe for use by many threads. A tensor's bytes are mapped from
 * the file when they are first asked for, and checked against their checksum then; closing what
 * they came from makes them invalid (a {@link java.lang.foreign.MemorySegment} then refuses every
 * access). Every failure that lies with a file is a {@link org.signet.diag.SignetException} with a
 * code.
 */
@NullMarked
package org.signet.reader;

import org.jspecify.annotations.NullMarked;
