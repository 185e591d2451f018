/**
 * The meaning of TensorFlow's ops, which a model file holds as Flex ops: aliases onto builtin
 * definitions where both say the same, definitions of their own otherwise.
 *
 * <p>Here, too, a family has a file; {@link org.signet.op.flex.TfOpDefinitions} lists the families.
 */
@NullMarked
package org.signet.op.flex;

import org.jspecify.annotations.NullMarked;
