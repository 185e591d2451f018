/**
 * Signet in Maven builds. Runs on the Java that runs Maven, 17 or newer, and so holds none of
 * Signet itself: every goal starts the command line on a JDK 25, and tells what it says in the
 * words of a pom.
 */
@NullMarked
package org.signet.maven;

import org.jspecify.annotations.NullMarked;
