/**
 * TensorFlow's ops on strings, and what is read from them: numbers, records, examples; {@link
 * org.signet.op.flex.text.TextOps} lists their families.
 */
@NullMarked
package org.signet.op.flex.text;

import org.jspecify.annotations.NullMarked;
