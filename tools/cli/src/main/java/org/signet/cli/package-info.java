/**
 * The command line. It holds no logic of its own: flags become options of the facade, reports
 * become text or JSON, failures become exit codes.
 *
 * <p>Start-up time counts here: a sub-command loads only what it needs.
 */
@NullMarked
package org.signet.cli;

import org.jspecify.annotations.NullMarked;
