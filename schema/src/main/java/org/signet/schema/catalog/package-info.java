/**
 * What the formats know about ops, read as data: the builtin ops of TFLite with their options and
 * versions, and the op definitions of TensorFlow.
 *
 * <p>Every catalog is immutable and safe to share between threads. A catalog reads its resource
 * when first asked and parses a row when that row is first asked for, so a short process pays only
 * for what it uses.
 */
@NullMarked
package org.signet.schema.catalog;

import org.jspecify.annotations.NullMarked;
