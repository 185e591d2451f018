package org.signet;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.foreign.Linker;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The dependencies that ARCHITECTURE.md draws, of all modules that this one sees. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/test-classes/"))
          .withImportOption(location -> !location.contains("/tests/"))
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("org.signet");

  private static final List<String> SCHEMA = List.of("type", "diag", "schema.catalog");
  private static final List<String> OPS = List.of("op", "tensor", "type", "diag", "schema.catalog");

  /** What each package may use besides itself, the JDK and libraries. */
  private static Map<String, List<String>> allowed() {
    Map<String, List<String>> allowed = new TreeMap<>();
    // schema
    allowed.put("type", List.of());
    allowed.put("diag", List.of());
    allowed.put("schema.catalog", List.of("type"));
    allowed.put("schema.tflite..", List.of());
    // runtime
    allowed.put("bundle", join(SCHEMA, "tensor"));
    allowed.put("tensor", SCHEMA);
    allowed.put(
        "op",
        join(
            SCHEMA,
            "tensor",
            "op.flex",
            "op.flex.text",
            "op.quant",
            "op.recurrent",
            "op.stablehlo"));
    allowed.put("op.flex", join(OPS, "op.flex.*"));
    allowed.put("op.flex.*", join(OPS, "op.flex", "bundle"));
    allowed.put("op.quant", OPS);
    allowed.put("op.recurrent", join(OPS, "op.quant"));
    allowed.put("op.stablehlo", join(OPS, "op.flex"));
    allowed.put("kernel", join(OPS, "kernel.vector", "kernel.ffm", "kernel.dense"));
    allowed.put("kernel.dense", join(OPS, "kernel"));
    allowed.put("kernel.vector", join(OPS, "kernel", "kernel.dense"));
    allowed.put("kernel.ffm", join(OPS, "kernel", "kernel.dense"));
    allowed.put("model", join(OPS, "op.flex", "schema.tflite"));
    allowed.put("plan", join(OPS, "kernel", "model"));
    allowed.put("session", join(OPS, "bundle", "kernel", "model", "plan"));
    // converter
    allowed.put("ir", OPS);
    allowed.put("source", join(OPS, "op.flex", "bundle"));
    allowed.put("reader", join(OPS, "op.flex", "source", "bundle", "source.keras"));
    allowed.put("source.control", join(OPS, "op.flex", "source"));
    allowed.put("source.keras", join(OPS, "op.flex", "source", "bundle"));
    allowed.put("source.stablehlo", OPS);
    allowed.put("lower", join(OPS, "ir"));
    allowed.put("pass.layout", join(OPS, "ir"));
    allowed.put("pass.list", join(OPS, "ir"));
    allowed.put("pass.rewrite", join(OPS, "ir"));
    allowed.put("pass.stablehlo", join(OPS, "ir", "source.stablehlo"));
    allowed.put(
        "pass.tf",
        join(
            OPS,
            "op.flex",
            "op.flex.state",
            "ir",
            "pass.rewrite",
            "pass.stablehlo",
            "source",
            "bundle"));
    allowed.put("pass.tfl", join(OPS, "ir", "pass.rewrite", "pass.layout"));
    allowed.put("pass.weights", join(OPS, "ir"));
    allowed.put("emit", join(OPS, "op.flex", "ir", "schema.tflite"));
    allowed.put(
        "pipeline",
        join(
            OPS,
            "ir",
            "lower",
            "pass.layout",
            "pass.list",
            "pass.rewrite",
            "pass.tf",
            "pass.tfl",
            "pass.weights",
            "source",
            "source.control"));
    allowed.put(
        "api", join(OPS, "ir", "lower", "pipeline", "emit", "model", "source", "source.keras"));
    return allowed;
  }

  private static List<String> join(List<String> some, String... more) {
    return Stream.concat(some.stream(), Arrays.stream(more)).toList();
  }

  private static String[] packages(Stream<String> names) {
    return names.map(name -> "org.signet." + name).toArray(String[]::new);
  }

  @TestFactory
  Stream<DynamicTest> packagesUseOnlyWhatIsDrawn() {
    return allowed().entrySet().stream()
        .map(entry ->
            DynamicTest.dynamicTest(
                entry.getKey(), () -> usesOnly(entry.getKey(), entry.getValue())));
  }

  private static void usesOnly(String name, List<String> others) {
    String[] own = packages(Stream.concat(Stream.of(name), others.stream()));
    noClasses()
        .that()
        .resideInAPackage("org.signet." + name)
        .should()
        .dependOnClassesThat(resideInAPackage("org.signet..").and(not(resideInAnyPackage(own))))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void everyPackageIsDrawn() {
    String[] drawn =
        packages(Stream.concat(allowed().keySet().stream(), Stream.of("golden..", "cli..")));
    classes().should().resideInAnyPackage(drawn).check(CLASSES);
  }

  /**
   * The lists of ops have those of TensorFlow, of its families and of quantized arithmetic in
   * packages of their own, and the providers list their kernels: these belong together.
   */
  @Test
  void packagesHaveNoCycles() {
    slices()
        .matching("org.signet.(**)")
        .should()
        .beFreeOfCycles()
        .ignoreDependency(resideInAPackage("org.signet.op"), resideInAPackage("org.signet.op.*"))
        .ignoreDependency(
            resideInAPackage("org.signet.op.flex"), resideInAPackage("org.signet.op.flex.*"))
        .ignoreDependency(
            resideInAPackage("org.signet.kernel"), resideInAPackage("org.signet.kernel.*"))
        .check(CLASSES);
  }

  @Test
  void onlyTheVectorKernelsNameTheVectorApi() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.signet.kernel.vector")
        .and()
        // Asks how wide vectors are.
        .haveNameNotMatching(".*\\.MultiplyAdd\\$.*")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator.vector")
        .check(CLASSES);
  }

  @Test
  void onlyTheNativeKernelsCallNativeCode() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.signet.kernel.ffm")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Linker.class)
        .check(CLASSES);
  }

  @Test
  void onlyModelFilesAreFlatbuffers() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "org.signet.emit",
            "org.signet.model",
            "org.signet.schema.tflite..",
            "org.signet.schema.catalog") // the codec of option tables
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.signet.schema.tflite..", "com.google.flatbuffers..")
        .check(CLASSES);
  }

  @Test
  void onlySourcesAndFlexOpsAreProtos() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "org.signet.source..",
            "org.signet.reader", // shows what they hold, in types of its own
            "org.signet.bundle", // their index is made of them
            "org.signet.op.flex..",
            "org.signet.pass.tf", // imports the nodes that a source holds
            "org.signet.emit", // a Flex op's options are a NodeDef
            "org.signet.model") // and are read back
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.tensorflow..", "com.google.protobuf..")
        .check(CLASSES);
  }

  @Test
  void nothingIsPrinted() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.signet.cli..")
        .should(ACCESS_STANDARD_STREAMS)
        .check(CLASSES);
  }

  @Test
  void noReflection() {
    // JUnit hands its extensions the test's Method: that is its interface, not reflection of ours.
    noClasses()
        .that()
        .resideOutsideOfPackage("org.signet.golden.junit")
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Constructor.class, Field.class, Method.class)
        .check(CLASSES);
  }

  @Test
  void noMutableStaticState() {
    fields().that().areStatic().should().beFinal().check(CLASSES);
  }
}
