package org.signet.op.flex.text;

import java.util.ArrayList;
import java.util.List;
import org.signet.op.OpCall;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** The tokens of texts, where each begins and ends in its text, and how many each text has. */
final class TokenLists {
  private final List<byte[]> tokens = new ArrayList<>();
  private final List<Long> starts = new ArrayList<>();
  private final List<Long> ends = new ArrayList<>();
  private final List<Long> splits = new ArrayList<>(List.of(0L));

  void add(byte[] token, long start, long end) {
    tokens.add(token);
    starts.add(start);
    ends.add(end);
  }

  /** Ends the tokens of a text. */
  void endText() {
    splits.add((long) tokens.size());
  }

  int size() {
    return tokens.size();
  }

  /** Takes back all but the first {@code size} tokens. */
  void truncate(int size) {
    tokens.subList(size, tokens.size()).clear();
    starts.subList(size, starts.size()).clear();
    ends.subList(size, ends.size()).clear();
  }

  Tensor tokens() {
    return Rules.strings(tokens);
  }

  Tensor starts(DType dtype) {
    return Rules.integers(dtype, starts);
  }

  Tensor ends(DType dtype) {
    return Rules.integers(dtype, ends);
  }

  Tensor splits() {
    return Rules.integers(DType.INT64, splits);
  }

  /** How many tokens each text has. */
  Tensor lengths() {
    long[] lengths = new long[splits.size() - 1];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = splits.get(i + 1) - splits.get(i);
    }
    return Tensor.of(lengths);
  }

  /** Sets results 0 to 3: tokens, splits or lengths, starts, ends. */
  void store(OpCall call, Tensor rows, DType offsets) {
    call.result(0, tokens());
    call.result(1, rows);
    call.result(2, starts(offsets));
    call.result(3, ends(offsets));
  }
}
