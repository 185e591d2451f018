/**
 * TensorFlow's ops on variables, tables and checkpoints; {@link org.signet.op.flex.state.StateOps}
 * lists their families.
 */
@NullMarked
package org.signet.op.flex.state;

import org.jspecify.annotations.NullMarked;
