package org.signet.op.flex.text;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.signet.op.Accuracy;
import org.signet.op.Attributes;
import org.signet.op.Effects;
import org.signet.op.LookupTable;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * TensorFlow Text's WordpieceTokenizeWithOffsets: words, operand 0, as the longest pieces from the
 * left that are keys of a table, operand 1. Results: pieces, how many each word has (or where they
 * begin), start and end of each in its word.
 */
final class TfWordpiece {
  private TfWordpiece() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.tf("WordpieceTokenizeWithOffsets", TfWordpiece::infer, TfWordpiece::tokenize)
            .accurate(Accuracy.EXACT)
            .withEffects(Effects.READS_STATE));
  }

  private static List<TensorType> infer(OpTypes op) {
    int words = Rules.dim(op, 0, 0);
    int rows = words == Shape.UNKNOWN || !wantsSplits(op.attributes()) ? words : words + 1;
    return List.of(
        Rules.vector(DType.STRING),
        TensorType.of(DType.INT64, rows),
        Rules.vector(DType.INT64),
        Rules.vector(DType.INT64));
  }

  private static boolean wantsSplits(Attributes attributes) {
    String partition = attributes.getString("output_row_partition_type", "row_lengths");
    Shapes.require(
        partition.equals("row_lengths") || partition.equals("row_splits"),
        "rows told by '%s'",
        partition);
    return partition.equals("row_splits");
  }

  private static void tokenize(OpCall call) {
    Tensor words = Rules.requireRank(call.operand(0), 1, "the words");
    Pieces pieces = Pieces.of(call);
    TokenLists tokens = new TokenLists();
    for (int i = 0; i < words.size(); i++) {
      pieces.add(words.strings()[i], tokens);
      tokens.endText();
    }
    boolean splits = wantsSplits(call.attributes());
    tokens.store(call, splits ? tokens.splits() : tokens.lengths(), DType.INT64);
  }

  /**
   * How words fall into pieces.
   *
   * @param table the known pieces
   * @param suffix what stands before each piece but the first
   * @param unknown what stands for a word that does not fall into pieces; empty: the word itself
   * @param longest bytes of the longest word that is looked at
   * @param longestPiece characters of the longest piece, 0 for any
   * @param splitsUnknown whether a character of which no piece begins becomes a piece
   */
  @SuppressWarnings("ArrayRecordComponent") // not to be changed
  private record Pieces(
      LookupTable table,
      byte[] suffix,
      List<byte[]> unknown,
      int longest,
      int longestPiece,
      boolean splitsUnknown) {

    static Pieces of(OpCall call) {
      Attributes attributes = call.attributes();
      return new Pieces(
          LookupTable.operand(call, 1),
          attributes.getBytes("suffix_indicator"),
          attributes.getBoolean("use_unknown_token")
              ? List.of(attributes.getBytes("unknown_token"))
              : List.of(),
          attributes.getInt("max_bytes_per_word"),
          attributes.getInt("max_chars_per_token", 0),
          attributes.getBoolean("split_unknown_characters", false));
    }

    void add(byte[] word, TokenLists tokens) {
      if (word.length > longest) {
        byte[] token = orUnknown(word);
        tokens.add(token, 0, token.length); // the end of what stands for it
        return;
      }
      int before = tokens.size();
      for (int from = 0; from < word.length; ) {
        int to = longestPieceFrom(word, from);
        if (to > from) {
          tokens.add(piece(word, from, to), from, to);
        } else if (splitsUnknown) {
          to = CodePoints.next(word, from);
          byte[] own = orUnknown(Arrays.copyOfRange(word, from, to));
          tokens.add(from > 0 ? joined(suffix, own) : own, from, to);
        } else {
          tokens.truncate(before);
          tokens.add(orUnknown(word), 0, word.length);
          return;
        }
        from = to;
      }
    }

    private byte[] orUnknown(byte[] text) {
      return unknown.isEmpty() ? text : unknown.getFirst();
    }

    /** The end of the longest piece that begins at {@code from}; {@code from} if there is none. */
    private int longestPieceFrom(byte[] word, int from) {
      int to = word.length;
      if (longestPiece > 0) {
        to = from;
        for (int i = 0; i < longestPiece && to < word.length; i++) {
          to = CodePoints.next(word, to);
        }
      }
      while (to > from) {
        byte[][] key = {piece(word, from, to)};
        if (table.contains(Tensor.wrap(DType.STRING, key, 1), 0)) {
          return to;
        }
        to--;
        while (to > from && (word[to] & 0xC0) == 0x80) {
          to--;
        }
      }
      return from;
    }

    private byte[] piece(byte[] word, int from, int to) {
      byte[] own = Arrays.copyOfRange(word, from, to);
      return from > 0 ? joined(suffix, own) : own;
    }

    private static byte[] joined(byte[] first, byte[] second) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(first);
      out.writeBytes(second);
      return out.toByteArray();
    }
  }
}
