/**
 * StableHLO as programs save it: MLIR bytecode of the VHLO dialect, whose ops, types and attributes
 * keep their encoding for good. Read into records that hold the names of StableHLO.
 *
 * <p>Source of the encodings: "MLIR Bytecode Format" of the MLIR documentation; the dialect's own
 * in StableHLO's "VHLO" documentation and its tables of codes.
 */
@org.jspecify.annotations.NullMarked
package org.signet.source.stablehlo;
