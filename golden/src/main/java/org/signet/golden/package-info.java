/**
 * Golden cases: a model, calls of its signatures and what TensorFlow computed for them.
 *
 * <p>Here is the format: a folder with {@code case.json}, the model and files of tensors. Comparing
 * is in {@link org.signet.golden.compare}.
 */
@NullMarked
package org.signet.golden;

import org.jspecify.annotations.NullMarked;
