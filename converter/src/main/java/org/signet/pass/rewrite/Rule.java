package org.signet.pass.rewrite;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;

/** A rewrite of one operator and the operators that feed it. Stateless. */
public interface Rule {
  /**
   * The ops it starts from, builtins or TensorFlow's: the last of the operators that it replaces.
   */
  Set<String> anchors();

  /**
   * The values that stand for the results of {@code match}'s operator; empty where the rule does
   * not fire. Operators that are replaced are left to be pruned.
   */
  Optional<List<Value>> apply(Match match);
}
