package org.signet.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.tensor.Tensor;

@Timeout(60)
class ConcurrencyTest {
  private static final int THREADS = 8;
  private static final int CALLS = 200;

  private static Tensor input(int seed) {
    Random random = new Random(seed);
    float[] values = new float[1 + random.nextInt(500)];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return Tensor.of(values);
  }

  private static void inThreads(Callable<?> task) throws Exception {
    try (ExecutorService executor = Executors.newFixedThreadPool(THREADS)) {
      List<Future<?>> futures = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        futures.add(executor.submit(task));
      }
      for (Future<?> future : futures) {
        future.get(50, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void givesTheSameBitsOnManyThreads() throws Exception {
    try (Interpreter interpreter = new Interpreter(RecordedCall.model("arithmetic"))) {
      SignatureRunner runner = interpreter.signatureRunner("chain");
      List<float[]> expected = new ArrayList<>();
      for (int seed = 0; seed < CALLS; seed++) {
        expected.add(RecordedCall.get(runner.run(Map.of("x", input(seed))), "result").floats());
      }

      inThreads(() -> {
        for (int seed = 0; seed < CALLS; seed++) {
          Tensor result = RecordedCall.get(runner.run(Map.of("x", input(seed))), "result");
          assertThat(result.floats()).isEqualTo(expected.get(seed));
        }
        return "";
      });
    }
  }

  @Test
  void letsCallsThatShareStateTakeTurns() throws Exception {
    try (Interpreter interpreter = new Interpreter(RecordedCall.model("counter"))) {
      SignatureRunner countUp = interpreter.signatureRunner("count_up");
      Map<String, Tensor> one = Map.of("x", Tensor.of(new float[] {1, 2}));

      inThreads(() -> {
        for (int i = 0; i < CALLS; i++) {
          countUp.run(one);
        }
        return "";
      });

      Tensor count = RecordedCall.get(interpreter.signatureRunner("peek").run(Map.of()), "count");
      assertThat(count.floats()).containsExactly(10 + THREADS * CALLS, 20 + 2 * THREADS * CALLS);
    }
  }

  @Test
  void closesBetweenCalls() throws Exception {
    Interpreter interpreter = new Interpreter(RecordedCall.model("arithmetic"));
    SignatureRunner runner = interpreter.signatureRunner("chain");
    Tensor input = Tensor.of(new float[20_000]);
    Callable<Code> untilClosed =
        () -> {
          try {
            while (true) {
              assertThat(RecordedCall.get(runner.run(Map.of("x", input)), "result").floats()[0])
                  .isZero();
            }
          } catch (SignetException e) {
            return e.code();
          }
        };
    try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
      Future<Code> first = executor.submit(untilClosed);
      Future<Code> second = executor.submit(untilClosed);
      Thread.sleep(50);
      interpreter.close();

      assertThat(first.get(50, TimeUnit.SECONDS)).isEqualTo(Code.CLOSED);
      assertThat(second.get(50, TimeUnit.SECONDS)).isEqualTo(Code.CLOSED);
    }
  }
}
