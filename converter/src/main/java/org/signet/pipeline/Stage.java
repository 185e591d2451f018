package org.signet.pipeline;

import java.util.function.UnaryOperator;
import org.signet.ir.Graph;

/**
 * A named step of the pipeline.
 *
 * @param name as {@code --dump-ir} names its file
 * @param pass what it does to each graph
 */
record Stage(String name, UnaryOperator<Graph> pass) {}
