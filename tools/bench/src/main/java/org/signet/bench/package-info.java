/** Benchmarks of conversion and running: JMH's own, and a loop to measure beside other runtimes. */
@NullMarked
package org.signet.bench;

import org.jspecify.annotations.NullMarked;
