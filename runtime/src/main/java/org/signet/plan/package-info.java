/**
 * From a verified model to something that runs: a kernel for each operator, the lives of its
 * tensors, and the memory they live in.
 *
 * <p>A {@link org.signet.plan.Plan} is immutable and shared; an {@link org.signet.plan.Activation}
 * is one run of it.
 */
@NullMarked
package org.signet.plan;

import org.jspecify.annotations.NullMarked;
