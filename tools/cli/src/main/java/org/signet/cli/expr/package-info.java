/**
 * The expressions of {@code --input-exprs}: literals of Python and a few functions of NumPy, with
 * NumPy's types and numbers. Text is read by {@link org.signet.cli.expr.Lexer} and {@link
 * org.signet.cli.expr.Parser}, its meaning is in {@link org.signet.cli.expr.Evaluator}; nothing is
 * ever handed to an interpreter of Python.
 */
@NullMarked
package org.signet.cli.expr;

import org.jspecify.annotations.NullMarked;
