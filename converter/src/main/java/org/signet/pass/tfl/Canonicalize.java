package org.signet.pass.tfl;

import java.util.List;

/** The rewrites that remove what says nothing, in the order in which they are tried. */
public final class Canonicalize {
  private Canonicalize() {}

  public static List<Rule> rules() {
    return List.of(new MergeReshapes(), new MergeTransposes(), new RemoveIdentity());
  }
}
