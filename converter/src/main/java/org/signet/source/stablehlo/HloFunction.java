package org.signet.source.stablehlo;

/** A function of a module. */
public record HloFunction(String name, HloRegion body) {}
