List<String> log = new File(basedir, 'build.log').readLines()

// A failure of the model, not of the build; told with its code, and with a hint in a pom's words.
String failure = log.find { it.contains('Failed to execute goal org.signet:signet-maven-plugin') }
assert failure.contains('encode-decode/model could not be converted: SIG-0402 ')
assert log.any { it.contains('SIG-0402') && it.contains('<flex>allow</flex>') && !it.contains('--flex') }
assert log.any { it.contains('MojoFailureException') }

assert !new File(basedir, 'target/classes/model.tflite').exists()
assert !new File(basedir, 'target/signet').listFiles().any { it.name.endsWith('.hash') }
true
