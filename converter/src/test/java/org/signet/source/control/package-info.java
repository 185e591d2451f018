@NullMarked
package org.signet.source.control;

import org.jspecify.annotations.NullMarked;
