package org.signet.source;

import java.util.HashMap;
import java.util.Map;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObjectGraph;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph.TrackableObject;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph.TrackableObject.SlotVariableReference;

/**
 * The slots of optimizers, such as moments: variables that are no children of any object, but that
 * an optimizer's node names together with the variable they belong to.
 *
 * @param saved the model's object graph
 * @param tracked the checkpoint's
 * @param trackedOf the checkpoint's node for nodes of the model, as far as children lead to them
 */
record SlotVariables(
    SavedObjectGraph saved, TrackableObjectGraph tracked, Map<Integer, Integer> trackedOf) {

  /** A slot of a variable. */
  private record Slot(int variable, String name) {}

  /** Adds the checkpoint's node of every slot variable, and a path, to what is known of nodes. */
  void addTo(Map<Integer, Integer> trackedSlots, Map<Integer, String> paths) {
    for (int id = 0; id < saved.getNodesCount(); id++) {
      Map<Slot, Integer> known = slotsOf(trackedOf.getOrDefault(id, -1));
      for (SlotVariableReference slot : saved.getNodes(id).getSlotVariablesList()) {
        int variable = slot.getOriginalVariableNodeId();
        int node = slot.getSlotVariableNodeId();
        if (paths.containsKey(variable) && paths.containsKey(id)) {
          paths.putIfAbsent(
              node,
              paths.get(variable) + ".OPTIMIZER_SLOT." + paths.get(id) + "." + slot.getSlotName());
        }
        Slot wanted = new Slot(trackedOf.getOrDefault(variable, -1), slot.getSlotName());
        int found = known.getOrDefault(wanted, -1);
        if (found >= 0 && found < tracked.getNodesCount()) {
          trackedSlots.put(node, found);
        }
      }
    }
  }

  private Map<Slot, Integer> slotsOf(int trackedId) {
    Map<Slot, Integer> slots = new HashMap<>();
    if (trackedId >= 0) {
      TrackableObject node = tracked.getNodes(trackedId);
      node.getSlotVariablesList()
          .forEach(slot ->
              slots.put(
                  new Slot(slot.getOriginalVariableNodeId(), slot.getSlotName()),
                  slot.getSlotVariableNodeId()));
    }
    return slots;
  }
}
