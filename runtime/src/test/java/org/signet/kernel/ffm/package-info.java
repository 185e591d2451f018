@NullMarked
package org.signet.kernel.ffm;

import org.jspecify.annotations.NullMarked;
