/**
 * The seam between ops and the code that runs them fast: kernels, and the providers that offer
 * them.
 */
@NullMarked
package org.signet.kernel;

import org.jspecify.annotations.NullMarked;
