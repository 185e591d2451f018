/**
 * The types of tensors, shared by every module: element types, shapes with unknown dimensions and
 * quantization parameters.
 *
 * <p>Everything here is an immutable value and safe to share between threads.
 */
@NullMarked
package org.signet.type;

import org.jspecify.annotations.NullMarked;
