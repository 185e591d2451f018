import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks or writes the format of every Java file of the checkout, skipping those whose content was
 * already found to be formatted. Arguments: {@code check|write}, the root, the file of known
 * contents. Exit status 1: something is unformatted.
 */
final class Format {
  private static final Set<String> SKIPPED = Set.of("target", ".git", "node_modules");

  public static void main(String[] args) throws Exception {
    boolean write = args[0].equals("write");
    Path root = Path.of(args[1]);
    Path knownFile = Path.of(args[2]);
    Set<String> known =
        Files.exists(knownFile) ? Set.copyOf(Files.readAllLines(knownFile)) : Set.of();

    Set<String> formatted = new TreeSet<>();
    List<String> wrong = new ArrayList<>();
    Formatter formatter = new Formatter(JavaFormatterOptions.defaultOptions());
    for (Path file : javaFiles(root)) {
      String source = Files.readString(file);
      String hash = hash(source);
      if (known.contains(hash)) {
        formatted.add(hash);
        continue;
      }
      String name = root.relativize(file).toString();
      try {
        String result = format(formatter, source);
        if (result.equals(source)) {
          formatted.add(hash);
        } else if (write) {
          Files.writeString(file, result);
          formatted.add(hash(result));
          System.out.println("formatted " + name);
        } else {
          wrong.add(name);
        }
      } catch (FormatterException e) {
        wrong.add(name + ": " + e.getMessage());
      }
    }
    Files.createDirectories(knownFile.getParent());
    Files.write(knownFile, formatted);
    if (!wrong.isEmpty()) {
      wrong.forEach(name -> System.err.println("not formatted: " + name));
      System.err.println("To format all files: mvn -N -Pformat validate");
      System.exit(1);
    }
  }

  private static String format(Formatter formatter, String source) throws FormatterException {
    String ordered =
        ImportOrderer.reorderImports(
            RemoveUnusedImports.removeUnusedImports(source), JavaFormatterOptions.Style.GOOGLE);
    return formatter.formatSource(ordered);
  }

  private static List<Path> javaFiles(Path root) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            // Generated flatbuffer classes stay as the generator wrote them.
            boolean skip =
                SKIPPED.contains(String.valueOf(dir.getFileName()))
                    || dir.endsWith("org/signet/schema/tflite");
            return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    files.sort(null);
    return files;
  }

  private static String hash(String source) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(source.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest);
  }
}
