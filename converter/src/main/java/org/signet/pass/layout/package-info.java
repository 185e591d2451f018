/**
 * Where transposes stand: {@link org.signet.pass.layout.PlaceTransposes} moves them through what
 * can run in either order of dimensions, so that they meet and cancel out.
 */
@NullMarked
package org.signet.pass.layout;

import org.jspecify.annotations.NullMarked;
