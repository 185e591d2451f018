import java.util.jar.JarFile

List<String> log = new File(basedir, 'build.log').readLines()

int count(List<String> lines, String text) {
  lines.count { it.contains(text) }
}

// The models are in the jar, whole.
new JarFile(new File(basedir, 'target/application-1.jar')).withCloseable { jar ->
  for (name in ['coder.tflite', 'example/layer.tflite']) {
    byte[] packed = jar.getInputStream(jar.getEntry(name)).bytes
    assert packed == new File(basedir, "target/classes/$name").bytes
    assert new String(packed, 4, 4, 'ISO-8859-1') == 'TFL3'
  }
}

// Each was converted by the first build and found up to date by the second.
assert count(log, 'Converting ') == 2
assert count(log, 'coder.tflite is up to date') == 1
assert count(log, 'layer.tflite is up to date') == 1
assert log.findIndexOf { it.contains('Converting ') } < log.findIndexOf { it.contains(' is up to date') }

// Each signature was compared with the source, and those of the coder in the golden case as well.
assert count(log, 'PASS encode ') >= 2
assert count(log, 'PASS decode ') >= 2
assert count(log, 'PASS serving_default ') >= 1
assert count(log, 'FAIL') == 0
assert count(log, 'BUILD SUCCESS') == 2
true
