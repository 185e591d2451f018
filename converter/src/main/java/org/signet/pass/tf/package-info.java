/**
 * From what a source says to a graph of TensorFlow ops: calls inlined, variables that are only read
 * frozen, constants folded.
 */
@NullMarked
package org.signet.pass.tf;

import org.jspecify.annotations.NullMarked;
