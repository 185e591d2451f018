/**
 * TensorFlow's ops on tensor lists and optionals; {@link org.signet.op.flex.list.ListOps} lists
 * their families.
 */
@NullMarked
package org.signet.op.flex.list;

import org.jspecify.annotations.NullMarked;
