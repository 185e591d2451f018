import java.nio.file.Files
import java.nio.file.Path

void copy(Path from, Path to) {
  Files.walk(from).withCloseable { files ->
    files.forEach {
      Path target = to.resolve(from.relativize(it).toString())
      Files.createDirectories(Files.isDirectory(it) ? target : target.parent)
      if (Files.isRegularFile(it)) {
        Files.copy(it, target)
      }
    }
  }
}

Path models = basedir.toPath().resolve('src/main/models')
copy(Path.of(golden, 'encode-decode/model'), models.resolve('coder'))
copy(Path.of(golden, 'dense/model'), models.resolve('dense'))
true
