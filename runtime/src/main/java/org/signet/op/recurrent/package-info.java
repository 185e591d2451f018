/**
 * The recurrent builtins: LSTM, RNN, SVDF and their sequences.
 *
 * <p>Their state lies in operands that are variables of the model ({@link
 * org.signet.op.OpCall#variable}), which every call changes. Weights may be quantized while all
 * else is float ("hybrid").
 */
@NullMarked
package org.signet.op.recurrent;

import org.jspecify.annotations.NullMarked;
