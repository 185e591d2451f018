/**
 * Rewriting graphs by rules: a {@link org.signet.pass.rewrite.Rule} looks at one operator and what
 * feeds it.
 */
@NullMarked
package org.signet.pass.rewrite;

import org.jspecify.annotations.NullMarked;
