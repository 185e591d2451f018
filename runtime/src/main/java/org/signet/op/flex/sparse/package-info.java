/**
 * TensorFlow's ops on sparse and ragged tensors, sets and counts; {@link
 * org.signet.op.flex.sparse.SparseOps} lists their families.
 */
@NullMarked
package org.signet.op.flex.sparse;

import org.jspecify.annotations.NullMarked;
