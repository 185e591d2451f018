package org.signet.source;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Walks the fields of a serialized message, without making objects of what nobody asks for. */
final class MessageReader {
  /** What a decoder puts in place of bytes that are no UTF-8. */
  private static final char REPLACEMENT = '\ufffd';

  private final byte[] bytes;
  private final CodedInputStream input;

  /**
   * @param bytes the message; what is read may keep hold of it
   */
  MessageReader(byte[] bytes) {
    this.bytes = bytes;
    this.input = CodedInputStream.newInstance(bytes);
  }

  /** Reads fields that hold a string, bytes or a message. */
  @FunctionalInterface
  interface Fields {
    /**
     * Reads the field of this number with {@link #string}, {@link #slice} or {@link #message}, or
     * leaves it and returns false.
     */
    boolean read(int number) throws IOException;
  }

  /** The position of what is read next. */
  int position() {
    return input.getTotalBytesRead();
  }

  /** Reads the message that is the value of the current field; skips what {@code wanted} leaves. */
  void message(Fields wanted) throws IOException {
    int outer = input.pushLimit(input.readRawVarint32());
    fields(wanted);
    input.popLimit(outer);
  }

  /** The same, what {@code wanted} leaves is merged into {@code rest}. */
  void message(Fields wanted, Message.Builder rest) throws IOException {
    int outer = input.pushLimit(input.readRawVarint32());
    fields(wanted, rest);
    input.popLimit(outer);
  }

  /** Reads the fields of the whole message; skips those that {@code wanted} leaves. */
  void fields(Fields wanted) throws IOException {
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      readOrSkip(tag, wanted);
    }
  }

  /** The same, what {@code wanted} leaves is merged into {@code rest}. */
  void fields(Fields wanted, Message.Builder rest) throws IOException {
    int start = position();
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      if (!readOrSkip(tag, wanted)) {
        rest.mergeFrom(bytes, start, position() - start);
      }
      start = position();
    }
  }

  private boolean readOrSkip(int tag, Fields wanted) throws IOException {
    if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED
        && wanted.read(WireFormat.getTagFieldNumber(tag))) {
      return true;
    }
    if (!input.skipField(tag)) {
      input.checkLastTagWas(0); // a group ends that has not begun
    }
    return false;
  }

  /** Merges what is left of the whole message into {@code builder}. */
  void merge(Message.Builder builder) throws IOException {
    builder.mergeFrom(input);
    input.checkLastTagWas(0);
  }

  /** The bytes of the current field, not copied. */
  ByteString slice() throws IOException {
    int length = input.readRawVarint32();
    int start = position();
    input.skipRawBytes(length);
    return UnsafeByteOperations.unsafeWrap(bytes, start, length);
  }

  /** The current field's text. */
  String string() throws IOException {
    int length = input.readRawVarint32();
    int start = position();
    input.skipRawBytes(length);
    String text = new String(bytes, start, length, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0
        && !UnsafeByteOperations.unsafeWrap(bytes, start, length).isValidUtf8()) {
      throw new InvalidProtocolBufferException("text that is no UTF-8");
    }
    return text;
  }
}
