/**
 * Comparing: tensors within a tolerance, a model file with golden cases, a model file with its
 * source; and finding the operator that is at fault.
 */
@NullMarked
package org.signet.golden.compare;

import org.jspecify.annotations.NullMarked;
