@NullMarked
package org.signet.maven;

import org.jspecify.annotations.NullMarked;
