package org.signet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is measured, not how fast it is. */
class BenchCommandTest {
  @TempDir private static Path models = Path.of("");
  private static String strings = "";
  private static String dense = "";

  @BeforeAll
  static void convert() {
    strings = Run.convert("encode-decode", models);
    dense = Run.convert("dense", models);
  }

  @Test
  void printsJson() {
    Run run = Run.of("bench", dense, "--signature", "serve", "--runs", "7", "--json").succeeds();
    JsonObject times = JsonParser.parseString(run.out()).getAsJsonObject();
    JsonObject invoke = times.getAsJsonObject("invoke");
    double least = invoke.get("min_us").getAsDouble();
    assertThat(least).isPositive();
    assertThat(invoke.get("med_us").getAsDouble()).isGreaterThanOrEqualTo(least);
    assertThat(invoke.get("p90_us").getAsDouble())
        .isGreaterThanOrEqualTo(invoke.get("med_us").getAsDouble());
    assertThat(invoke.get("runs").getAsInt()).isEqualTo(7);
    assertThat(times.get("load_ms").getAsDouble()).isPositive();
    assertThat(times.get("first_ms").getAsDouble()).isPositive();
    assertThat(times.has("steps")).isFalse();
  }

  @Test
  void countsCallsOfSessionsAtOnce() {
    Run run =
        Run.of("bench", dense, "--signature", "serve", "--runs", "2", "--sessions", "2", "--json")
            .succeeds();
    JsonObject sessions =
        JsonParser.parseString(run.out()).getAsJsonObject().getAsJsonObject("sessions");
    assertThat(sessions.get("count").getAsInt()).isEqualTo(2);
    assertThat(sessions.get("alone_per_s").getAsDouble()).isPositive();
    assertThat(sessions.get("together_per_s").getAsDouble()).isPositive();
  }

  @Test
  void refusesNoSessions() {
    Run run = Run.of("bench", dense, "--signature", "serve", "--sessions", "0");
    assertThat(run.fails(2, "SIG-0101").err()).contains("from 1 to 256");
  }

  @Test
  void profilesEachStep() {
    Run run = Run.of("bench", dense, "--signature", "serve", "--profile", "--runs", "3").succeeds();
    assertThat(run.out()).contains("signature 'serve', 3 calls").contains("FULLY_CONNECTED");
  }

  @Test
  void timesTheFirstCallOfEachModel() {
    Run run = Run.of("bench", dense, dense, "--signature", "serve", "--first", "--json").succeeds();
    JsonArray models = JsonParser.parseString(run.out()).getAsJsonObject().getAsJsonArray("models");
    assertThat(models)
        .hasSize(2)
        .allSatisfy(model -> {
          JsonObject times = model.getAsJsonObject();
          assertThat(times.get("model").getAsString()).isEqualTo(dense);
          assertThat(times.get("load_ms").getAsDouble()).isPositive();
          assertThat(times.get("first_ms").getAsDouble()).isPositive();
        });
    assertThat(Run.of("bench", dense, "--signature", "serve", "--first").succeeds().out())
        .containsPattern(".tflite: opened in .* ms, first call .* ms");
  }

  @Test
  void timesOneModelOnly() {
    Run run = Run.of("bench", dense, strings, "--signature", "serve");
    assertThat(run.fails(2, "SIG-0101").err()).contains("There is one MODEL");
  }

  @Test
  void explainsWhyNoOtherKernelRunsAStep() {
    Run run = Run.of("bench", strings, "--signature", "encode", "--explain", "--runs", "2");
    assertThat(run.succeeds().out())
        .containsPattern("us +reference +\\S*AsString .*\\(.*vector: no kernel for this op\\)");
  }

  @Test
  void tellsWhatOtherKernelsWouldTake() {
    Run run = Run.of("bench", dense, "--signature", "serve", "--explain", "--runs", "2");
    assertThat(run.succeeds().out())
        .containsPattern("FULLY_CONNECTED.*\\(about .* by vector, .* by reference\\)");
  }

  @Test
  void takesShapesOfInputs() {
    Run run =
        Run.of(
                "bench",
                strings,
                "--signature",
                "encode",
                "--shape",
                "x=3",
                "--profile",
                "--json",
                "--runs",
                "2")
            .succeeds();
    assertThat(run.out()).contains("AsString");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"x|no NAME=SIZES", "z=1|the inputs are [x]", "x=a|no list of sizes", "x=-1|no list"})
  void refusesOtherShapes(String shape, String message) {
    Run run = Run.of("bench", strings, "--signature", "encode", "--shape", shape);
    assertThat(run.fails(2, "SIG-0101").err()).contains(message);
  }

  @Test
  void refusesNoRuns() {
    Run run = Run.of("bench", dense, "--signature", "serve", "--runs", "0");
    assertThat(run.fails(2, "SIG-0101").err()).contains("--runs must be");
  }
}
