package org.signet.golden.junit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.signet.golden.CaseReader;
import org.signet.golden.GoldenCase;
import org.signet.golden.compare.CaseVerdict;

/** Makes the tests of {@link GoldenCases}. */
final class GoldenCasesExtension implements TestTemplateInvocationContextProvider {
  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return context.getRequiredTestMethod().isAnnotationPresent(GoldenCases.class);
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    GoldenCases annotation = context.getRequiredTestMethod().getAnnotation(GoldenCases.class);
    List<TestTemplateInvocationContext> tests = new ArrayList<>();
    for (GoldenCase goldenCase : cases(annotation)) {
      Map<String, CaseVerdict> verdicts = GoldenSignature.newVerdicts();
      for (String key : goldenCase.signatures().keySet()) {
        tests.add(new Test(new GoldenSignature(goldenCase, key, verdicts)));
      }
    }
    return tests.stream();
  }

  private static List<GoldenCase> cases(GoldenCases annotation) {
    Path path = find(Path.of(annotation.value()));
    if (Files.isRegularFile(path.resolve(CaseReader.FILE))) {
      return List.of(CaseReader.read(path));
    }
    List<String> only = Arrays.asList(annotation.only());
    List<String> except = Arrays.asList(annotation.except());
    List<GoldenCase> cases = new ArrayList<>(CaseReader.readAll(path));
    cases.removeIf(
        found -> except.contains(found.name()) || !(only.isEmpty() || only.contains(found.name())));
    return cases;
  }

  /** The tests of a module run in its own folder, or in the root of the checkout. */
  private static Path find(Path path) {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve(path))) {
        return folder.resolve(path);
      }
    }
    throw new ExtensionConfigurationException(
        "there is no folder " + path + " here or in any folder above");
  }

  private record Test(GoldenSignature signature) implements TestTemplateInvocationContext {
    @Override
    public String getDisplayName(int invocationIndex) {
      return signature.toString();
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(new Parameter(signature));
    }
  }

  private record Parameter(GoldenSignature signature) implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == GoldenSignature.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return signature;
    }
  }
}
