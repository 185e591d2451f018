package org.signet.kernel.dense;

import org.signet.op.ForwardingCall;
import org.signet.op.OpCall;
import org.signet.op.Workers;

/** Another call, whose work is shared. */
final class SharedCall extends ForwardingCall {
  private final Workers workers;

  /**
   * @param workers who share the work
   */
  SharedCall(OpCall call, Workers workers) {
    super(call);
    this.workers = workers;
  }

  @Override
  public Workers workers() {
    return workers;
  }
}
