/**
 * The intermediate representation: immutable graphs in SSA form, of TensorFlow ops before lowering
 * and of builtins and Flex ops after it.
 *
 * <p>A pass never edits a graph; it emits a new one through {@link org.signet.ir.GraphBuilder},
 * which infers types and folds constants as it goes.
 */
@NullMarked
package org.signet.ir;

import org.jspecify.annotations.NullMarked;
