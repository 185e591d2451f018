package org.signet.source;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.signet.diag.Code;
import org.signet.diag.SignetException;

/** Reads protos from files, binary or text, whichever the name says. */
public final class ProtoFiles {
  private ProtoFiles() {}

  /** As many bytes tell text from a binary proto. */
  private static final int PROBE_BYTES = 4096;

  /** The longest array. */
  private static final int LARGEST = Integer.MAX_VALUE - 8;

  /**
   * Fills {@code builder} from {@code file}. Text or binary is told by content: every binary proto
   * has control characters near its start, no text has any.
   *
   * @throws SignetException if the file can't be read or does not parse
   */
  public static <B extends Message.Builder> B read(Path file, B builder) {
    String type = builder.getDescriptorForType().getName();
    try {
      if (isText(file)) {
        TextFormat.Parser.newBuilder().build().merge(text(file), builder);
      } else {
        // Read rather than mapped: the parser wants an array, and would copy a mapping into one.
        CodedInputStream input = CodedInputStream.newInstance(bytes(file, type));
        builder.mergeFrom(input);
        input.checkLastTagWas(0);
      }
      return builder;
    } catch (InvalidProtocolBufferException | TextFormat.ParseException e) {
      throw SignetException.of(
          Code.MALFORMED_PROTO,
          file + " is no readable " + type + ": " + e.getMessage(),
          "the file may be truncated");
    } catch (MalformedInputException e) {
      throw SignetException.of(Code.MALFORMED_PROTO, file + " is no text in UTF-8");
    } catch (IOException e) {
      throw SignetException.of(Code.FILE_UNREADABLE, "can't read " + file + ": " + e.getMessage());
    }
  }

  private static byte[] bytes(Path file, String type) throws IOException {
    long size = Files.size(file);
    if (size > LARGEST) {
      throw SignetException.of(
          Code.MALFORMED_PROTO, file + " is larger than a " + type + " can be (2 GB)");
    }
    if (size == 0) {
      throw SignetException.of(
          Code.MALFORMED_PROTO, file + " is empty, and no " + type, "the file may be truncated");
    }
    return Files.readAllBytes(file);
  }

  /** The text of a file, without the mark of its byte order that some editors write. */
  static String text(Path file) throws IOException {
    String text = Files.readString(file);
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  /** Whether a file holds text, as against binary. */
  static boolean isText(Path file) throws IOException {
    byte[] head;
    try (InputStream input = Files.newInputStream(file)) {
      head = input.readNBytes(PROBE_BYTES);
    }
    for (byte b : head) {
      if (b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r') {
        return false;
      }
    }
    return head.length > 0;
  }
}
