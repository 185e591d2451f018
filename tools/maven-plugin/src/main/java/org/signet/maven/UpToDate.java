package org.signet.maven;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a model file is what a conversion would make again. That is so if neither what went into
 * it nor the file itself has changed since, by content: dates say nothing after a checkout.
 *
 * @param file keeps the hashes: one line for what went in, one for what came out
 */
record UpToDate(Path file) {
  /**
   * The hash of all that decides on the model file's bytes.
   *
   * @param tools what does the conversion: versions, jars
   * @return empty if there is no source, which the conversion will complain of
   */
  static Optional<String> hash(ModelSettings model, List<String> tools) throws IOException {
    if (!Files.exists(model.source())) {
      return Optional.empty();
    }
    MessageDigest digest = sha256();
    try (DataOutputStream out = digesting(digest)) {
      write(out, tools);
      write(out, model.reading().flags());
      write(out, model.flex().stream().toList());
      for (Path path : files(model.source())) {
        String name = model.source().relativize(path).toString().replace('\\', '/');
        write(out, List.of(name, hash(path)));
      }
      if (model.checkpoint().isPresent()) {
        for (Path path : checkpoint(model.checkpoint().get())) {
          write(out, List.of(path.getFileName().toString(), hash(path)));
        }
      }
    }
    return Optional.of(HexFormat.of().formatHex(digest.digest()));
  }

  /** Whether a conversion with this hash left {@code model}'s files as they are now. */
  boolean holds(String hash, ModelSettings model) throws IOException {
    return isThere(Optional.of(model.output()))
        && isThere(model.report())
        && isThere(model.dumpIr())
        && Files.isRegularFile(file)
        && Files.readAllLines(file).equals(List.of(hash, hash(model.output())));
  }

  /** Remembers that a conversion with this hash has made {@code output}. */
  void remember(String hash, Path output) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, List.of(hash, hash(output)));
  }

  private static boolean isThere(Optional<Path> wanted) {
    return wanted.map(Files::exists).orElse(true);
  }

  /**
   * The files in a folder and below, sorted, so that the hash does not depend on the file system.
   */
  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The files whose paths begin like {@code prefix}, sorted. */
  private static List<Path> checkpoint(Path prefix) throws IOException {
    Path folder = prefix.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> path.toString().startsWith(prefix.toAbsolutePath().toString()))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }

  /** The hash of a file's bytes. */
  static String hash(Path path) throws IOException {
    MessageDigest digest = sha256();
    try (OutputStream out = digesting(digest)) {
      Files.copy(path, out);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Counts first, so that no two lists of lists give the same bytes. */
  private static void write(DataOutputStream out, List<String> words) throws IOException {
    out.writeInt(words.size());
    for (String word : words) {
      byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  private static DataOutputStream digesting(MessageDigest digest) {
    return new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
