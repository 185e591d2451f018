package org.signet.diag;

import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The boundary between what a file says and code that takes it at its word: attributes that are
 * missing or of another kind, indices that lead nowhere and sizes that contradict each other show
 * as exceptions of the language, which become diagnostics here.
 */
public final class Malformed {
  private Malformed() {}

  /**
   * The value of {@code read}.
   *
   * @param code what a contradiction is reported as
   * @param what what is being read: {@code node 'a'}
   * @param origin where it is
   * @throws SignetException if the data contradicts itself
   */
  public static <T> T guard(Code code, String what, Origin origin, Supplier<T> read) {
    try {
      return read.get();
    } catch (IllegalArgumentException
        | IndexOutOfBoundsException
        | ArithmeticException
        | ClassCastException
        | NegativeArraySizeException
        | NoSuchElementException e) {
      String why = Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
      throw new SignetException(
          Diagnostic.error(code, what + " contradicts itself: " + why).at(origin), e);
    }
  }
}
