/**
 * TensorFlow's ops that draw random numbers; {@link org.signet.op.flex.random.RandomOps} lists
 * their families.
 */
@NullMarked
package org.signet.op.flex.random;

import org.jspecify.annotations.NullMarked;
