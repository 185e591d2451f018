package org.signet.model;

import java.util.Optional;
import org.signet.type.TensorType;

/**
 * A tensor of a subgraph.
 *
 * @param name its name; need not be unique
 * @param type what is declared of it; sizes that are free when the model runs are unknown here
 * @param buffer the index of its buffer; 0 if it has none
 * @param isVariable whether its value outlives a call
 * @param sparsity which elements its buffer holds; empty for all of them
 */
public record ModelTensor(
    String name,
    TensorType type,
    int buffer,
    boolean isVariable,
    Optional<SparseLayout> sparsity) {}
