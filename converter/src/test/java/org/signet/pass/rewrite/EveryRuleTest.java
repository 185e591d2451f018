package org.signet.pass.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.signet.testing.Checkout;

/**
 * Every {@link Rule} is drawn, before and after, and has graphs on which it fires and others on
 * which it must not, as far as the sources tell.
 */
class EveryRuleTest {
  private static final Path JAVA = Path.of("java", "org", "signet", "pass");

  private static Map<String, String> sources(String set) throws IOException {
    Path folder = Checkout.root().resolve("converter").resolve("src").resolve(set).resolve(JAVA);
    Map<String, String> sources = new HashMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
      }
    }
    return sources;
  }

  @TestFactory
  Stream<DynamicTest> isDrawnAndTriedBothWays() throws IOException {
    Map<String, String> tests = sources("test");
    List<Map.Entry<String, String>> rules =
        sources("main").entrySet().stream()
            .filter(source -> source.getValue().contains(" implements Rule "))
            .toList();
    assertThat(rules).isNotEmpty();
    return rules.stream()
        .map(rule ->
            DynamicTest.dynamicTest(
                rule.getKey(),
                () -> {
                  assertThat(rule.getValue()).as("a drawing").contains("* <pre>", "* </pre>");
                  assertThat(tests).matches(all -> isTried(rule.getKey(), "fires(?:To)?", all));
                  assertThat(tests).matches(all -> isTried(rule.getKey(), "doesNotFire", all));
                }));
  }

  /** Whether a test of its own, or one of several rules that names this one, asks it. */
  private static boolean isTried(String rule, String question, Map<String, String> tests) {
    Pattern any = Pattern.compile("\\b" + question + "\\(");
    if (any.matcher(tests.getOrDefault(rule + "Test", "")).find()) {
      return true;
    }
    Pattern kept = Pattern.compile("(\\w+) =\\s+(?:new RuleTester\\()?new " + rule + "\\b");
    return tests.values().stream()
        .anyMatch(test ->
            Stream.concat(
                    Stream.of("new " + rule),
                    kept.matcher(test).results().map((MatchResult found) -> found.group(1)))
                .anyMatch(name ->
                    Pattern.compile("\\b" + question + "\\(\\s*" + name + "\\b")
                        .matcher(test)
                        .find()));
  }
}
