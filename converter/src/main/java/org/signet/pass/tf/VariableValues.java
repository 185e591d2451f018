package org.signet.pass.tf;

import org.signet.diag.Origin;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Value;

/** Where imported nodes find the values of variables and leave new ones. */
interface VariableValues {
  /** The variable's value at this point of {@code builder}'s graph. */
  Value read(Value.Resource variable, GraphBuilder builder, Origin origin);

  /** Gives the variable a value from this point of {@code builder}'s graph on. */
  void assign(Value.Resource variable, Value value, GraphBuilder builder, Origin origin);
}
