/**
 * Makes tensors of tensor lists. A list becomes one tensor {@code [size, element...]} where every
 * op that touches it allows it, through loops and branches; otherwise it stays a list of Flex ops.
 *
 * <p>{@link org.signet.pass.list.ListFamilies} finds out which lists flow into each other, {@link
 * org.signet.pass.list.ElementSizes} how large elements are that nobody has declared, {@link
 * org.signet.pass.list.ListConversion} writes the new graph.
 */
@NullMarked
package org.signet.pass.list;

import org.jspecify.annotations.NullMarked;
