/**
 * Rewrites of lowered graphs: {@link org.signet.pass.rewrite.Rule}s, each in a file of its own, run
 * by {@link org.signet.pass.rewrite.Rewriter}.
 */
@NullMarked
package org.signet.pass.tfl;

import org.jspecify.annotations.NullMarked;
