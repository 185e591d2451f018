/**
 * TensorFlow's ops on matrices; {@link org.signet.op.flex.linalg.LinearAlgebraOps} lists their
 * families.
 */
@NullMarked
package org.signet.op.flex.linalg;

import org.jspecify.annotations.NullMarked;
