/**
 * The inner loops of the dense kernels as native code, called through the Foreign Function and
 * Memory API. The code is C, in the module {@code native}, compiled for every common platform and
 * carried as a resource; where there is none for this machine, there is no provider.
 *
 * <p>Beside the Vector API it needs no warm-up and no incubator module, and fuses nothing else:
 * both compute the same bits.
 */
@NullMarked
package org.signet.kernel.ffm;

import org.jspecify.annotations.NullMarked;
