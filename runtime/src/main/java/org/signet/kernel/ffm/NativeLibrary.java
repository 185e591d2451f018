package org.signet.kernel.ffm;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The native library of this platform, which is a resource and has to be a file to be loaded.
 *
 * @param symbols its functions
 * @param file where it was loaded from
 */
record NativeLibrary(SymbolLookup symbols, Path file) {

  /**
   * The library, loaded for as long as the JVM runs; empty if there is none for this platform, if
   * it can be written nowhere, or if this JVM must not load it.
   */
  @SuppressWarnings("restricted") // the library is our own
  static Optional<NativeLibrary> find() {
    Optional<String> resource = resource();
    if (resource.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = NativeLibrary.class.getResourceAsStream(resource.get())) {
      if (in == null) {
        return Optional.empty();
      }
      Path file = file(in.readAllBytes(), Path.of(resource.get()).getFileName().toString());
      return Optional.of(new NativeLibrary(SymbolLookup.libraryLookup(file, Arena.global()), file));
    } catch (IOException | IllegalArgumentException | IllegalCallerException e) {
      // Everything runs without it, slower, and --explain says on what.
      return Optional.empty();
    }
  }

  /** Where the resource is, relative to this package. */
  static Optional<String> resource() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String cpu =
        switch (System.getProperty("os.arch", "")) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64" -> "aarch64";
          default -> "";
        };
    if (cpu.isEmpty()) {
      return Optional.empty();
    }
    if (os.startsWith("linux")) {
      return Optional.of("linux-" + cpu + "/libsignetkernels.so");
    }
    if (os.startsWith("mac")) {
      return Optional.of("macos-" + cpu + "/libsignetkernels.dylib");
    }
    if (os.startsWith("windows") && cpu.equals("x86_64")) {
      return Optional.of("windows-x86_64/signetkernels.dll");
    }
    return Optional.empty();
  }

  /** Whether {@link #remember} was called for the same file, perhaps by another JVM. */
  boolean remembers(String fact) {
    return Files.exists(file.resolveSibling(fact));
  }

  /** Keeps a fact about the library beside it, if that can be written. */
  void remember(String fact) {
    try {
      Files.write(file.resolveSibling(fact), new byte[0]);
    } catch (IOException e) {
      // Then it is found out anew.
    }
  }

  /** A file of this content, in the user's cache or, if nothing can be written there, elsewhere. */
  private static Path file(byte[] content, String name) throws IOException {
    CRC32C checksum = new CRC32C();
    checksum.update(content);
    String folder = "native-" + Long.toHexString(checksum.getValue());
    Optional<Path> cache = cache();
    if (cache.isPresent()) {
      try {
        return file(content, cache.get().resolve(folder), name);
      } catch (IOException e) {
        // A home that is read-only is common in containers.
      }
    }
    return file(content, Files.createTempDirectory("signet-" + folder), name);
  }

  /** The file in {@code folder}, written if it is not there or is another one. */
  private static Path file(byte[] content, Path folder, String name) throws IOException {
    Path file = folder.resolve(name);
    if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), content)) {
      return file;
    }
    Files.createDirectories(folder);
    Path temporary = Files.createTempFile(folder, name, ".tmp");
    try {
      Files.write(temporary, content);
      try {
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(temporary);
    }
    return file;
  }

  /** {@code $XDG_CACHE_HOME/signet}, or {@code ~/.cache/signet}. */
  private static Optional<Path> cache() {
    String base = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
    if (!base.isEmpty() && Path.of(base).isAbsolute()) {
      return Optional.of(Path.of(base, "signet"));
    }
    String home = System.getProperty("user.home", "");
    return home.isEmpty() ? Optional.empty() : Optional.of(Path.of(home, ".cache", "signet"));
  }
}
