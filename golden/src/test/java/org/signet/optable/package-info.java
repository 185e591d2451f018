/** The published table of ops, made from the definitions and from TensorFlow's recorded results. */
@NullMarked
package org.signet.optable;

import org.jspecify.annotations.NullMarked;
