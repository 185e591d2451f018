package org.signet.source.keras;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.signet.diag.Code;
import org.signet.diag.SignetException;

/**
 * Takes the parts out of a {@code .keras} archive. Nothing is written under a name that the archive
 * gives, and nothing grows out of proportion to the archive.
 */
final class KerasArchive {
  private static final String CONFIG = "config.json";
  private static final String METADATA = "metadata.json";
  private static final String WEIGHTS = "model.weights.h5";
  private static final String ASSETS = "assets/";
  private static final String VOCABULARY = "vocabulary.txt";

  /** Keras stores without compressing; whoever compresses floats gains little. */
  private static final long MOST_EXPANSION = 200;

  private static final long LARGEST_TEXT = 256L << 20;

  private KerasArchive() {}

  /**
   * The parts.
   *
   * @param config the model as JSON
   * @param metadata what wrote it, as JSON
   * @param vocabularies the lists of tokens that lookup layers keep beside the weights, by where
   *     the weights of the layer are: {@code layers/string_lookup/}
   * @param weights a temporary file, the reader's to delete; empty if there are no weights
   */
  record Parts(
      String config, String metadata, Map<String, String> vocabularies, Optional<Path> weights) {}

  /**
   * Opens an archive.
   *
   * @throws SignetException if it is damaged or has no {@value #CONFIG}
   */
  static Parts open(Path file) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      String config =
          text(file, zip, CONFIG).orElseThrow(() -> malformed(file, "holds no " + CONFIG));
      ZipEntry weights = zip.getEntry(WEIGHTS);
      if (weights == null && zip.stream().anyMatch(entry -> entry.getName().contains("weights"))) {
        throw SignetException.of(
            Code.UNSUPPORTED_SOURCE,
            file + " keeps its weights in another form than " + WEIGHTS,
            "save the model without sharding its weights");
      }
      String metadata =
          text(file, zip, METADATA).orElseThrow(() -> malformed(file, "holds no " + METADATA));
      return new Parts(
          config,
          metadata,
          vocabularies(file, zip),
          weights == null ? Optional.empty() : Optional.of(extract(file, zip, weights)));
    } catch (ZipException e) {
      throw malformed(file, "is no readable .keras archive: " + e.getMessage());
    } catch (IOException e) {
      throw SignetException.of(Code.FILE_UNREADABLE, "can't read " + file + ": " + e.getMessage());
    }
  }

  private static Map<String, String> vocabularies(Path file, ZipFile zip) throws IOException {
    Map<String, String> found = new TreeMap<>();
    long total = 0;
    for (ZipEntry entry : zip.stream().toList()) {
      String name = entry.getName();
      if (name.startsWith(ASSETS) && name.endsWith("/" + VOCABULARY)) {
        total += checkedSize(file, entry);
        if (total > LARGEST_TEXT) {
          throw malformed(file, "holds vocabularies of more than " + LARGEST_TEXT + " bytes");
        }
        String folder = name.substring(ASSETS.length(), name.length() - VOCABULARY.length());
        text(file, zip, name).ifPresent(text -> found.put(folder, text));
      }
    }
    return found;
  }

  private static Optional<String> text(Path file, ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      return Optional.empty();
    }
    long size = checkedSize(file, entry);
    if (size > LARGEST_TEXT) {
      throw malformed(file, "holds a " + name + " of " + size + " bytes");
    }
    try (CheckedInputStream in = checked(zip, entry)) {
      byte[] bytes = in.readNBytes((int) size);
      requireIntact(file, entry, in);
      return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    }
  }

  private static Path extract(Path file, ZipFile zip, ZipEntry entry) throws IOException {
    long size = checkedSize(file, entry);
    Path target = Files.createTempFile("signet-keras", ".h5");
    boolean done = false;
    try (CheckedInputStream in = checked(zip, entry);
        OutputStream out = Files.newOutputStream(target)) {
      byte[] buffer = new byte[1 << 16];
      long copied = 0;
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        copied += n;
        if (copied > size) {
          throw malformed(file, "holds more of " + entry.getName() + " than it says");
        }
        out.write(buffer, 0, n);
      }
      requireIntact(file, entry, in);
      done = true;
      return target;
    } finally {
      if (!done) {
        Files.deleteIfExists(target);
      }
    }
  }

  private static CheckedInputStream checked(ZipFile zip, ZipEntry entry) throws IOException {
    return new CheckedInputStream(zip.getInputStream(entry), new CRC32());
  }

  /** Java's own reader leaves this to its callers. */
  private static void requireIntact(Path file, ZipEntry entry, CheckedInputStream read) {
    if (entry.getCrc() != read.getChecksum().getValue()) {
      throw malformed(file, "is damaged: the checksum of " + entry.getName() + " does not fit");
    }
  }

  private static long checkedSize(Path file, ZipEntry entry) {
    long size = entry.getSize();
    if (size < 0 || size / MOST_EXPANSION > entry.getCompressedSize()) {
      throw malformed(
          file,
          "packs " + size + " bytes of " + entry.getName() + " into " + entry.getCompressedSize());
    }
    return size;
  }

  private static SignetException malformed(Path file, String what) {
    return SignetException.of(
        Code.MALFORMED_GRAPH, file + " " + what, "the file may be truncated or no Keras model");
  }
}
