package org.signet.lower;

/** What to do with an op that no builtin says the same as. */
public enum FlexMode {
  /** Keep it as a Flex op. */
  ALLOW,
  /** Keep it, and warn of each. */
  WARN,
  /** Keep it if it is on the list of ops that every runtime with the Flex delegate links. */
  LISTED,
  /** Convert nothing that needs Flex. */
  FORBID,
  /** Make every op a Flex op, builtin or not. */
  ONLY
}
