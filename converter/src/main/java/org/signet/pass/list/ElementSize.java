package org.signet.pass.list;

import org.signet.ir.Value;

/**
 * Where the size of a list's elements along one dimension is to be read.
 *
 * @param value a value of the graph in which the list is made, computed before it
 * @param axis the dimension of it, or of the tensor that stands for it, that has this size
 */
record ElementSize(Value value, int axis) {}
