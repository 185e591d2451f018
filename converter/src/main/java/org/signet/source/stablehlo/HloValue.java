package org.signet.source.stablehlo;

/**
 * A value: a result of an op or an argument of a region.
 *
 * @param id unique within a module
 */
public record HloValue(int id, HloType type) {}
