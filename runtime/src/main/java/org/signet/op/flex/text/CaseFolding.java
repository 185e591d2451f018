package org.signet.op.flex.text;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Unicode's NFKC_Casefold: compatible characters and cases become the same, characters that are
 * ignored by default vanish.
 */
final class CaseFolding {
  /** Pairs of first and last characters that are ignored by default. */
  private static final int[] IGNORED = {
    0xAD, 0xAD, 0x34F, 0x34F, 0x61C, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180F, 0x200B,
    0x200F, 0x202A, 0x202E, 0x2060, 0x206F, 0x3164, 0x3164, 0xFE00, 0xFE0F, 0xFEFF, 0xFEFF, 0xFFA0,
    0xFFA0, 0xFFF0, 0xFFF8, 0x1BCA0, 0x1BCA3, 0x1D173, 0x1D17A, 0xE0000, 0xE0FFF
  };

  private static final int DOTLESS_I = 0x131;

  private CaseFolding() {}

  static String folded(String text) {
    String once = foldedOnce(Normalizer.normalize(text, Normalizer.Form.NFKC));
    return foldedOnce(once); // what folding made may be compatible with a capital
  }

  private static String foldedOnce(String text) {
    StringBuilder folded = new StringBuilder();
    text.codePoints().filter(c -> !isIgnored(c)).forEach(c -> append(folded, c));
    return Normalizer.normalize(folded, Normalizer.Form.NFKC);
  }

  /** By way of capitals, so that all forms of a letter meet. */
  private static void append(StringBuilder folded, int codePoint) {
    if (codePoint == DOTLESS_I) {
      folded.appendCodePoint(codePoint);
    } else if (Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.CHEROKEE) {
      // Its small letters are the newer ones, so that it folds to capitals.
      folded.appendCodePoint(Character.toUpperCase(codePoint));
    } else {
      String capitals = Character.toString(codePoint).toUpperCase(Locale.ROOT);
      // One by one: at the end of a word, sigma would take its final form.
      capitals
          .codePoints()
          .forEach(c -> folded.append(Character.toString(c).toLowerCase(Locale.ROOT)));
    }
  }

  private static boolean isIgnored(int codePoint) {
    for (int i = 0; i < IGNORED.length; i += 2) {
      if (codePoint >= IGNORED[i] && codePoint <= IGNORED[i + 1]) {
        return true;
      }
    }
    return false;
  }
}
