/** Approved text: what a test prints is compared with a file that a person has approved. */
@NullMarked
package org.signet.golden.snapshot;

import org.jspecify.annotations.NullMarked;
