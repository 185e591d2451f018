package org.signet.source.keras;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import org.signet.op.Attributes;

/** {@code x[...]} as Python has it: numbers, slices, {@code None} and {@code ...}. */
final class Indexing {
  private final LayerCall call;
  private final List<Integer> begins = new ArrayList<>();
  private final List<Integer> ends = new ArrayList<>();
  private final List<Integer> strides = new ArrayList<>();
  private int beginMask;
  private int endMask;
  private int ellipsisMask;
  private int newAxisMask;
  private int shrinkMask;

  Indexing(LayerCall call) {
    this.call = call;
  }

  KerasTensor apply(KerasTensor x, Argument index) {
    for (Argument item : index instanceof Argument.Items(var items) ? items : List.of(index)) {
      add(item);
    }
    return call.ops()
        .add(
            "StridedSlice",
            Attributes.of("begin_mask", beginMask, "end_mask", endMask)
                .with("ellipsis_mask", ellipsisMask)
                .with("new_axis_mask", newAxisMask)
                .with("shrink_axis_mask", shrinkMask),
            x,
            call.ops().ints(toInts(begins)),
            call.ops().ints(toInts(ends)),
            call.ops().ints(toInts(strides)));
  }

  private static int[] toInts(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }

  private void add(Argument item) {
    int bit = 1 << begins.size();
    int begin = 0;
    int end = 0;
    int stride = 1;
    switch (item) {
      case Argument.Slice(Argument start, Argument stop, Argument step) -> {
        if (start.isNone()) {
          beginMask |= bit;
        } else {
          begin = integer(start);
        }
        if (stop.isNone()) {
          endMask |= bit;
        } else {
          end = integer(stop);
        }
        stride = step.isNone() ? 1 : integer(step);
      }
      case Argument.Ellipsis() -> ellipsisMask |= bit;
      case Argument.Json _ when item.isNone() -> newAxisMask |= bit;
      default -> {
        begin = integer(item);
        end = begin + 1;
        if (begin == -1) {
          endMask |= bit;
        }
        shrinkMask |= bit;
      }
    }
    begins.add(begin);
    ends.add(end);
    strides.add(stride);
  }

  private int integer(Argument value) {
    if (value instanceof Argument.Json(JsonElement json)
        && json instanceof JsonPrimitive number
        && number.isNumber()) {
      return number.getAsInt();
    }
    throw call.unsupported("its index is not made of numbers known beforehand");
  }
}
