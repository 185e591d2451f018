/** What several test packages share. */
@NullMarked
package org.signet.testing;

import org.jspecify.annotations.NullMarked;
