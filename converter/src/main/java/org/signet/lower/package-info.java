/**
 * From TensorFlow ops to TFLite builtins. A straight renaming is a row of {@link
 * org.signet.lower.DirectLowerings}; an op that decides something has a class of its own, in a file
 * of its family; {@link org.signet.lower.Lowerings} lists them. What no lowering takes stays a Flex
 * op, or is a blocker.
 */
@NullMarked
package org.signet.lower;

import org.jspecify.annotations.NullMarked;
