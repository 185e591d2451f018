package org.signet.op.flex.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** DecodeWav and EncodeWav: WAV files of 16-bit samples and audio [samples, channels] in −1 … 1. */
final class TfWav {
  private static final float FULL_SCALE = 1 << 15;
  private static final int HEADER = 44;
  private static final int SAMPLE = 2;
  private static final int FORMAT_CHUNK = 16;
  private static final int RIFF_HEADER = 12;
  private static final int CHUNK_HEADER = 8;

  private TfWav() {}

  static List<OpDefinition> definitions() {
    return List.of(
        Rules.exact("DecodeWav", TfWav::inferDecode, TfWav::decode),
        Rules.exact("EncodeWav", Rules.always(Rules.scalar(DType.STRING)), TfWav::encode));
  }

  private static List<TensorType> inferDecode(OpTypes op) {
    int channels = op.attributes().getInt("desired_channels", -1);
    int samples = op.attributes().getInt("desired_samples", -1);
    Shape audio =
        Shape.of(samples < 0 ? Shape.UNKNOWN : samples, channels < 0 ? Shape.UNKNOWN : channels);
    return List.of(Shapes.plain(DType.FLOAT32, audio), Rules.scalar(DType.INT32));
  }

  private static void decode(OpCall call) {
    Tensor contents = call.operand(0);
    Shapes.require(contents.size() == 1, "%s where one file is needed", contents.type());
    ByteBuffer file = ByteBuffer.wrap(contents.strings()[0]).order(ByteOrder.LITTLE_ENDIAN);
    requireHeader(file, 0, "RIFF");
    requireHeader(file, 8, "WAVE");
    file.position(RIFF_HEADER);
    ByteBuffer format = chunk(file, "fmt ");
    Shapes.require(format.limit() >= FORMAT_CHUNK, "the WAV file tells no format");
    int channels = format.getShort(2);
    int bits = format.getShort(14);
    Shapes.require(
        format.getShort(0) == 1 && bits == 8 * SAMPLE && channels > 0,
        "a WAV file of format %s, %s bits and %s channels; only 16-bit PCM is read",
        format.getShort(0),
        bits,
        channels);
    store(call, chunk(file, "data"), channels);
    call.result(1, Tensor.scalar(format.getInt(4)));
  }

  private static void requireHeader(ByteBuffer file, int at, String name) {
    Shapes.require(
        file.limit() >= at + name.length(),
        "Data too short when trying to read string: %s bytes",
        file.limit());
    Shapes.require(
        isName(file, at, name),
        "Header mismatch: Expected %s but found %s",
        name,
        StandardCharsets.ISO_8859_1.decode(file.slice(at, name.length())));
  }

  private static boolean isName(ByteBuffer file, int at, String name) {
    byte[] bytes = new byte[name.length()];
    file.get(at, bytes);
    return name.equals(new String(bytes, StandardCharsets.ISO_8859_1));
  }

  /** The next chunk of this name; the file's position moves behind it. */
  private static ByteBuffer chunk(ByteBuffer file, String name) {
    while (file.remaining() >= CHUNK_HEADER) {
      boolean found = isName(file, file.position(), name);
      int size = file.getInt(file.position() + 4);
      int start = file.position() + CHUNK_HEADER;
      Shapes.require(
          size >= 0 && size <= file.limit() - start,
          "Data too short when trying to read string: a chunk of %s bytes",
          size);
      file.position(start + size);
      if (found) {
        return file.slice(start, size).order(ByteOrder.LITTLE_ENDIAN);
      }
    }
    throw new IllegalArgumentException("the WAV file has no chunk '" + name + "'");
  }

  /** Zeros follow the last sample, and further channels repeat the last one. */
  private static void store(OpCall call, ByteBuffer data, int channels) {
    int wanted = call.attributes().getInt("desired_channels", -1);
    int samples = call.attributes().getInt("desired_samples", -1);
    int count = data.limit() / (SAMPLE * channels);
    int width = wanted < 0 ? channels : wanted;
    Tensor audio = call.result(0, DType.FLOAT32, samples < 0 ? count : samples, width);
    for (int i = 0; i < audio.size(); i++) {
      int sample = i / width;
      int source = sample * channels + Math.min(i % width, channels - 1);
      audio.floats()[i] = sample < count ? data.getShort(SAMPLE * source) / FULL_SCALE : 0;
    }
  }

  private static void encode(OpCall call) {
    Tensor audio = Rules.requireRank(call.operand(0), 2, "audio");
    int rate = Math.toIntExact(call.operand(1).getLong(0));
    int channels = audio.dim(1);
    Shapes.require(rate > 0 && channels > 0 && audio.dim(0) > 0, "%s at %s Hz", audio.type(), rate);
    int bytes = Math.multiplyExact(SAMPLE, audio.size());
    ByteBuffer file = ByteBuffer.allocate(HEADER + bytes).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(HEADER - CHUNK_HEADER + bytes);
    file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(FORMAT_CHUNK);
    file.putShort((short) 1).putShort((short) channels).putInt(rate);
    file.putInt(rate * channels * SAMPLE);
    file.putShort((short) (channels * SAMPLE)).putShort((short) (8 * SAMPLE));
    file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(bytes);
    for (int i = 0; i < audio.size(); i++) {
      float scaled = audio.floats()[i] * FULL_SCALE;
      float rounded = Math.copySign((float) Math.floor(Math.abs(scaled) + 0.5f), scaled);
      file.putShort((short) Math.clamp(rounded, Short.MIN_VALUE, Short.MAX_VALUE));
    }
    call.result(0, Tensor.wrap(DType.STRING, new byte[][] {file.array()}));
  }
}
