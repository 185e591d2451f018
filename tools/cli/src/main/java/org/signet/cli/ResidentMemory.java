package org.signet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Memory that this process has resident, its own and that of files.
 *
 * @param now bytes at the moment
 * @param peak bytes at most so far
 */
record ResidentMemory(long now, long peak) {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int BYTES_PER_UNIT = 1024;

  /** Empty where the system does not say so in a file. */
  static Optional<ResidentMemory> ofThisProcess() {
    try {
      List<String> lines = Files.readAllLines(STATUS);
      return Optional.of(new ResidentMemory(bytes(lines, "VmRSS:"), bytes(lines, "VmHWM:")));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static long bytes(List<String> lines, String name) {
    String line = lines.stream().filter(entry -> entry.startsWith(name)).findFirst().orElse("none");
    return Long.parseLong(line.replaceAll("[^0-9]", "")) * BYTES_PER_UNIT;
  }
}
