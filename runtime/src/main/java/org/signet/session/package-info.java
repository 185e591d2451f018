/**
 * Running signatures: {@link org.signet.session.Interpreter}, one session on a model, and {@link
 * org.signet.session.SignatureRunner}.
 */
@NullMarked
package org.signet.session;

import org.jspecify.annotations.NullMarked;
