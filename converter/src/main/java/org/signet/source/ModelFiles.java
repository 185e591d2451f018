package org.signet.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.Origin;
import org.signet.diag.SignetException;

/** The files that belong to a model besides its graph: vocabularies and other assets. */
public final class ModelFiles {
  private final Path directory;

  /**
   * @param model the model's directory, or a file in it
   */
  public ModelFiles(Path model) {
    Path absolute = model.toAbsolutePath();
    Path parent = absolute.getParent();
    this.directory = Files.isDirectory(absolute) || parent == null ? absolute : parent;
  }

  /**
   * The content of a file.
   *
   * @param name its path, relative to the model's directory
   * @throws SignetException ASSET_OUTSIDE_MODEL if it lies elsewhere; FILE_MISSING; FILE_UNREADABLE
   */
  public byte[] read(String name, Origin origin) {
    try {
      Path file = directory.resolve(name).normalize();
      if (!isInside(file.normalize(), directory.normalize())) {
        throw outside(name, origin);
      }
      if (!Files.isRegularFile(file)) {
        throw new SignetException(
            Diagnostic.error(Code.FILE_MISSING, "the model has no file '" + name + "'").at(origin));
      }
      if (!isInside(file.toRealPath(), directory.toRealPath())) {
        throw outside(name, origin);
      }
      return Files.readAllBytes(file);
    } catch (InvalidPathException e) {
      throw new SignetException(
          Diagnostic.error(Code.FILE_MISSING, "'" + name + "' is no path of a file").at(origin), e);
    } catch (IOException e) {
      throw new SignetException(
          Diagnostic.error(Code.FILE_UNREADABLE, "can't read '" + name + "': " + e.getMessage())
              .at(origin),
          e);
    }
  }

  private static boolean isInside(Path file, Path directory) {
    return file.startsWith(directory);
  }

  private static SignetException outside(String name, Origin origin) {
    return new SignetException(
        Diagnostic.error(
                Code.ASSET_OUTSIDE_MODEL,
                "the file '" + name + "' lies outside of the model's directory",
                "save the model with the file as its asset")
            .at(origin));
  }
}
