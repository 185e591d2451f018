/**
 * Diagnostics as data: a stable code, what is wrong, where, and what to do next.
 *
 * <p>Every failure that a user can cause reaches them as a {@link org.signet.diag.SignetException};
 * any other exception that escapes Signet is a bug of Signet.
 */
@NullMarked
package org.signet.diag;

import org.jspecify.annotations.NullMarked;
