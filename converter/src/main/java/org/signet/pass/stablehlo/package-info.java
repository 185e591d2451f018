/**
 * Turns the functions of a StableHLO module into TensorFlow's ops, so that all that is known of
 * these is known of a model of JAX, too. Broadcasts are kept apart from values until an op needs
 * them: most ops broadcast by themselves.
 */
@org.jspecify.annotations.NullMarked
package org.signet.pass.stablehlo;
