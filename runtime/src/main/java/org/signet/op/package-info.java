/**
 * What each op means, written once: the rule for its result types, its reference evaluation, its
 * accuracy class and its effects.
 *
 * <p>Constant folding, type inference, planning, running and comparing all call these definitions.
 * A family of related ops has a file of its own; {@link org.signet.op.OpFamilies} lists the
 * families. TFLite builtins are here, TensorFlow ops (which a model file holds as Flex ops) in
 * {@link org.signet.op.flex}.
 */
@NullMarked
package org.signet.op;

import org.jspecify.annotations.NullMarked;
