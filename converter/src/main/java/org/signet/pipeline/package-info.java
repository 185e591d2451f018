/** The order of the passes, from source to lowered program. */
@NullMarked
package org.signet.pipeline;

import org.jspecify.annotations.NullMarked;
