@org.jspecify.annotations.NullMarked
package org.signet.source.keras;
