package org.signet.op.stablehlo;

import java.util.List;
import org.signet.op.Accuracy;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Philox;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/** STABLEHLO_RNG_BIT_GENERATOR: random bits from a state, and the state that follows. */
public final class RandomBits {
  private static final int PHILOX_WORDS = 4;
  private static final int THREEFRY_WORDS = 2;
  private static final int THREEFRY_PARITY = 0x1BD11BDA;
  private static final int[][] ROTATIONS = {{13, 15, 26, 6}, {17, 29, 16, 24}};
  private static final int ROUNDS = 5;

  private RandomBits() {}

  public static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.builtin("STABLEHLO_RNG_BIT_GENERATOR", RandomBits::infer, RandomBits::generate)
            .accurate(Accuracy.EXACT));
  }

  /** Nothing but the model file tells the type and shape of the bits. */
  private static List<TensorType> infer(OpTypes op) {
    return List.of(Shapes.plain(DType.UINT64, op.shape(0)), TensorType.unranked(DType.UINT32));
  }

  private static void generate(OpCall call) {
    Tensor state = call.operand(0);
    TensorType type = call.resultType(1);
    Shapes.require(
        state.dtype() == DType.UINT64 && (state.size() == 2 || state.size() == 3),
        "a state of %s",
        state.type());
    Shapes.require(
        type.shape().isStatic() && type.dtype().isInteger() && type.dtype().bytes() >= 4,
        "random bits as %s",
        type);
    boolean threefry = call.attributes().getString("algorithm", "DEFAULT").equals("THREEFRY");
    Shapes.require(!threefry || state.size() == 2, "a Threefry state of %s words", state.size());
    Tensor result = call.result(1, type.dtype(), type.shape().dims());
    int words = result.size() * (type.dtype().bytes() / Integer.BYTES);
    int[] bits = threefry ? threefry(state.longs(), words) : philox(state, words);
    for (int i = 0; i < result.size(); i++) {
      result.setLong(
          i,
          words == result.size()
              ? bits[i]
              : (bits[2 * i] & 0xFFFFFFFFL) | (long) bits[2 * i + 1] << 32);
    }
    Tensor next = call.result(0, DType.UINT64, state.shape());
    System.arraycopy(state.longs(), 0, next.longs(), 0, state.size());
    next.longs()[1] += Math.ceilDiv(words, threefry ? THREEFRY_WORDS : PHILOX_WORDS);
  }

  private static int[] philox(Tensor state, int words) {
    long[] values = state.longs();
    long high = values[state.size() == 3 ? 2 : 0];
    int[] bits = new int[words];
    for (int i = 0; i < words; i += PHILOX_WORDS) {
      // The counter has 64 bits, and does not carry.
      Philox step = new Philox(values[0], values[1] + i / PHILOX_WORDS, high);
      for (int k = i; k < Math.min(i + PHILOX_WORDS, words); k++) {
        bits[k] = step.next();
      }
    }
    return bits;
  }

  /** Threefry2x32 of 20 rounds (Salmon et al. 2011). */
  private static int[] threefry(long[] state, int words) {
    int[] keys = {(int) state[0], (int) (state[0] >>> 32), 0};
    keys[2] = keys[0] ^ keys[1] ^ THREEFRY_PARITY;
    int[] bits = new int[words];
    for (int i = 0; i < words; i += THREEFRY_WORDS) {
      long counter = state[1] + i / THREEFRY_WORDS;
      int first = (int) counter + keys[0];
      int second = (int) (counter >>> 32) + keys[1];
      for (int round = 0; round < ROUNDS; round++) {
        for (int rotation : ROTATIONS[round % 2]) {
          first += second;
          second = Integer.rotateLeft(second, rotation) ^ first;
        }
        first += keys[(round + 1) % 3];
        second += keys[(round + 2) % 3] + round + 1;
      }
      bits[i] = first;
      if (i + 1 < words) {
        bits[i + 1] = second;
      }
    }
    return bits;
  }
}
