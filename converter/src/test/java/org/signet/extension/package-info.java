/** An extension, as docs/extending.md shows it. */
@NullMarked
package org.signet.extension;

import org.jspecify.annotations.NullMarked;
