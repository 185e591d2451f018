/**
 * The facade: converting a source, from options to a file and a report. The command line and the
 * Maven plugin call nothing else of this module.
 */
@NullMarked
package org.signet.api;

import org.jspecify.annotations.NullMarked;
