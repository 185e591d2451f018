package org.signet.kernel.ffm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.kernel.dense.Engine;

class SelfCheckTest {
  /** The native engine, without the effect of one of its functions. */
  private static Engine without(String function) {
    Engine engine = FfmProvider.unchecked().orElseThrow();
    return (Engine)
        Proxy.newProxyInstance(
            Engine.class.getClassLoader(),
            new Class<?>[] {Engine.class},
            (_, method, arguments) ->
                method.getName().equals(function)
                    ? skipped(method)
                    : method.invoke(engine, arguments));
  }

  /** What a method that does nothing gives. */
  private static @Nullable Object skipped(Method method) {
    return method.getReturnType() == boolean.class ? true : null;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "product",
        "winogradFilters",
        "winogradIn",
        "winogradOut",
        "depthwise",
        "bound",
        "gelu",
        "combine",
        "softmax",
        "log",
        "elu",
        "extremes",
        "columnExtremes",
        "select",
        "compare",
        "combineSpread",
        "transpose",
        "resizeLine",
        "mixLines",
        "normalize",
        "pack"
      })
  void noticesOtherNumbers(String function) {
    assumeThat(FfmProvider.unchecked()).isPresent();
    assertThat(SelfCheck.passes(without("none"))).isTrue();
    assertThat(Stream.of(Engine.class.getMethods()).map(m -> m.getName())).contains(function);
    assertThat(SelfCheck.passes(without(function))).isFalse();
  }
}
