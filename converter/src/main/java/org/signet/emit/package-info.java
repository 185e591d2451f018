/** From a lowered program to the bytes of a model file. */
@NullMarked
package org.signet.emit;

import org.jspecify.annotations.NullMarked;
