/** Golden cases as JUnit Jupiter tests. */
@NullMarked
package org.signet.golden.junit;

import org.jspecify.annotations.NullMarked;
