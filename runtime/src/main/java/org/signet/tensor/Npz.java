package org.signet.tensor;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.signet.diag.Code;
import org.signet.diag.SignetException;

/** NumPy's file of named arrays: a zip archive of {@link Npy} files. */
public final class Npz {
  private static final String SUFFIX = ".npy";

  /**
   * The time stamp of every entry, so that equal tensors give equal bytes: the first that zip has.
   */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private Npz() {}

  /**
   * Reads a file, compressed or not.
   *
   * @return the tensors by name, in the file's order
   * @throws SignetException FILE_MISSING, FILE_UNREADABLE; BAD_VALUE if an array is malformed
   */
  public static SequencedMap<String, Tensor> read(Path path) {
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(path))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName();
        String key =
            name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
        tensors.put(key, Npy.read(zip.readAllBytes(), path + "!" + name));
      }
    } catch (NoSuchFileException e) {
      throw SignetException.of(Code.FILE_MISSING, "there is no file " + path);
    } catch (IOException | OutOfMemoryError e) {
      throw SignetException.of(Code.FILE_UNREADABLE, "can't read " + path + ": " + e.getMessage());
    }
    return Collections.unmodifiableSequencedMap(tensors);
  }

  /**
   * Writes a file, uncompressed as {@code numpy.savez} does.
   *
   * @throws SignetException FILE_UNWRITABLE
   * @throws IllegalArgumentException if a tensor holds strings, resources or variants
   */
  public static void write(Path path, Map<String, Tensor> tensors) {
    try (OutputStream file = Files.newOutputStream(path);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      zip.setLevel(0);
      for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
        ZipEntry entry = new ZipEntry(tensor.getKey() + SUFFIX);
        entry.setTimeLocal(TIME);
        zip.putNextEntry(entry);
        zip.write(Npy.write(tensor.getValue()));
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw SignetException.of(Code.FILE_UNWRITABLE, "can't write " + path + ": " + e.getMessage());
    }
  }
}
