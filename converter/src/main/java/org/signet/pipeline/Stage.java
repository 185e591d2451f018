package org.signet.pipeline;

import java.util.function.UnaryOperator;
import org.signet.ir.Graph;
import org.signet.ir.Program;

/**
 * A named step of the pipeline.
 *
 * @param name as {@code --dump-ir} names its file
 * @param pass what it makes of the program
 */
record Stage(String name, UnaryOperator<Program> pass) {
  /** A step that looks at one graph at a time. */
  static Stage ofGraphs(String name, UnaryOperator<Graph> pass) {
    return new Stage(name, program -> program.mapGraphs(pass));
  }
}
