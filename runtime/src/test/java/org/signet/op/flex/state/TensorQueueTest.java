package org.signet.op.flex.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/** What queues do that TensorFlow's programs don't show: at their limits, undone and kept. */
class TensorQueueTest {
  private static TensorQueue queue(Shape shape, int capacity) {
    return new TensorQueue(
        "q",
        TensorQueue.Kind.FIFO,
        List.of(DType.INT64, DType.FLOAT32),
        List.of(Shape.scalar(), shape),
        capacity,
        Optional.empty());
  }

  private static TensorQueue pairs(int capacity) {
    return queue(Shape.of(2), capacity);
  }

  private static List<Tensor> entry(long number, float... values) {
    return List.of(Tensor.scalar(number), Tensor.of(values));
  }

  private static long[] numbers(TensorQueue queue) {
    return queue.takeMany(queue.size()).getFirst().longs();
  }

  @Test
  void whatFailsChangesNothing() {
    TensorQueue queue = pairs(2);
    queue.put(List.of(entry(1, 2, 3)));
    fails(() -> queue.put(List.of(entry(2, 0, 0), entry(3, 0, 0))), "holds 1 of 2 entries");
    fails(
        () -> queue.put(List.of(entry(2, 0, 0, 0))),
        "Shape mismatch in tuple component 1. Expected [2], got [3]");
    fails(() -> queue.takeMany(2), "holds 1 entries, not the 2 that are asked for");
    queue.close();
    fails(() -> queue.put(List.of(entry(2, 0, 0))), "FIFOQueue 'q' is closed.");
    fails(queue::close, "Queue 'q' is already closed.");
    assertThat(queue.takeUpTo(5).get(1).floats()).containsExactly(2, 3);
    fails(
        () -> queue.takeUpTo(1),
        "FIFOQueue 'q' is closed and has insufficient elements (requested 1, current size 0)");
  }

  private static void fails(Runnable action, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(action::run)
        .withMessageContainingAll("'q'", message);
  }

  /** The order itself is compared with TensorFlow's by the golden case state-shuffled-queue. */
  @Test
  void aShuffledOrderGoesOnWhereItWas() {
    TensorQueue queue = shuffled();
    queue.put(List.of(entry(1), entry(2), entry(3), entry(4), entry(5), entry(6), entry(7)));
    fails(() -> queue.takeMany(6), "holds 7 entries, not the 6 that are asked for and 2 to draw");
    queue.take();
    Runnable undo = queue.checkpoint();
    Map<String, Tensor> kept = queue.contents();
    long[] expected = queue.takeMany(4).getFirst().longs();
    undo.run();
    assertThat(queue.takeMany(4).getFirst().longs()).containsExactly(expected);
    TensorQueue other = shuffled();
    other.restore(kept);
    assertThat(other.takeMany(4).getFirst().longs()).containsExactly(expected);
    other.close();
    assertThat(numbers(other)).hasSize(2).doesNotContain(expected);
  }

  private static TensorQueue shuffled() {
    return new TensorQueue(
        "q",
        TensorQueue.Kind.SHUFFLED,
        List.of(DType.INT64, DType.FLOAT32),
        List.of(Shape.scalar(), Shape.of(0)),
        -1,
        Optional.of(new ShuffledOrder(3, 4, 2)));
  }

  @Test
  void aCheckpointBringsBackWhatWasThere() {
    TensorQueue queue = pairs(-1);
    queue.put(List.of(entry(1, 2, 3), entry(4, 5, 6)));
    Runnable undo = queue.checkpoint();
    queue.take();
    queue.put(List.of(entry(7, 8, 9)));
    queue.close();
    undo.run();
    assertThat(queue.isClosed()).isFalse();
    assertThat(numbers(queue)).containsExactly(1, 4);
  }

  @Test
  void contentsMakeTheSameQueue() {
    TensorQueue queue = pairs(-1);
    queue.put(List.of(entry(1, 2, 3), entry(4, 5, 6)));
    queue.close();
    Map<String, Tensor> contents = queue.contents();
    TensorQueue again = pairs(-1);
    again.restore(contents);
    assertThat(again.isClosed()).isTrue();
    assertThat(again.take().get(1).floats()).containsExactly(2, 3);
    assertThat(numbers(again)).containsExactly(4);
    TensorQueue other = queue(Shape.of(3), -1);
    fails(
        () -> other.restore(contents),
        "Shape mismatch in tuple component 1. Expected [3], got [2]");
  }
}
