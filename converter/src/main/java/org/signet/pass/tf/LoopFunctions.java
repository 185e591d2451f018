package org.signet.pass.tf;

import java.util.List;
import org.signet.diag.Origin;
import org.signet.ir.Value;

/** What a loop asks and does in each turn. */
interface LoopFunctions {
  /** Imports the condition, of one result: whether another turn follows. */
  List<Value> test(NodeImporter importer, List<Value> variables);

  /** Imports a turn; its results are the variables of the next one. */
  List<Value> turn(NodeImporter importer, List<Value> variables);

  /** Whether a turn hands variable {@code index} on unchanged, as far as can be told before. */
  boolean keeps(int index);

  /** The functions of a {@code While}, each of all variables. */
  record Called(FunctionLibrary library, String condition, String body, Origin origin, int depth)
      implements LoopFunctions {
    @Override
    public List<Value> test(NodeImporter importer, List<Value> variables) {
      return importer.call(condition, variables, origin, depth);
    }

    @Override
    public List<Value> turn(NodeImporter importer, List<Value> variables) {
      return importer.call(body, variables, origin, depth);
    }

    @Override
    public boolean keeps(int index) {
      return library.returnsArgument(body, index, index);
    }
  }
}
