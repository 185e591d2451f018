package org.signet.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.toolchain.ToolchainManager;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/**
 * Converts TensorFlow models, with all their signatures, to {@code .tflite} files. Does nothing for
 * a model if neither the source nor the options nor the result have changed since the last time.
 */
@Mojo(name = "convert", defaultPhase = LifecyclePhase.PROCESS_RESOURCES, threadSafe = true)
public final class ConvertMojo extends SignetMojo {
  /**
   * What to do with ops that no builtin can replace: allow (keep as Flex ops), warn (and say so),
   * listed (only those that every runtime with the Flex delegate has), forbid, only (make every op
   * a Flex op). Default: allow.
   */
  @Parameter(property = "signet.flex")
  private @Nullable String flex;

  /** A file for what the conversion did, as JSON. Default: none. */
  @Parameter(property = "signet.report")
  private @Nullable File report;

  /** A folder for the program's text after every stage. Default: none. */
  @Parameter(property = "signet.dumpIr")
  private @Nullable File dumpIr;

  @Inject
  ConvertMojo(RepositorySystem repositories, ToolchainManager toolchains) {
    super(repositories, toolchains);
  }

  @Override
  boolean skipGoal() {
    return false;
  }

  @Override
  void complete(Model shared) {
    shared.flex = flex;
    shared.report = report;
    shared.dumpIr = dumpIr;
  }

  @Override
  Path subject(ModelSettings model) {
    return model.source();
  }

  @Override
  String participle() {
    return "converted";
  }

  @Override
  Optional<Worker.Result> execute(ModelSettings model) throws MojoExecutionException {
    try {
      return convert(model);
    } catch (IOException e) {
      throw new MojoExecutionException("Can't read or write a file: " + e, e);
    }
  }

  private Optional<Worker.Result> convert(ModelSettings model)
      throws IOException, MojoExecutionException {
    UpToDate memory = new UpToDate(ownFile(model, "hash"));
    Optional<String> hash = UpToDate.hash(model, tools());
    if (hash.isPresent() && memory.holds(hash.get(), model)) {
      getLog().info(model.output() + " is up to date");
      return Optional.empty();
    }
    getLog().info("Converting " + model.source() + " to " + model.output());
    Files.createDirectories(model.output().getParent());
    if (model.report().isPresent()) {
      Files.createDirectories(model.report().get().getParent());
    }
    Worker.Result result = run(CommandLine.convert(model), model);
    if (result.status() == 0 && hash.isPresent()) {
      memory.remember(hash.get(), model.output());
    }
    return Optional.of(result);
  }

  /** What does the conversion. A snapshot's version says little, so its jars count as well. */
  private List<String> tools() throws IOException, MojoExecutionException {
    List<String> tools = new ArrayList<>();
    tools.add(version());
    for (Path jar : version().endsWith("-SNAPSHOT") ? classPath() : extensions()) {
      if (!Files.exists(jar)) {
        throw new MojoExecutionException("There is no " + jar + ": correct <extensions>");
      }
      tools.add(jar + " " + Files.size(jar) + " " + Files.getLastModifiedTime(jar));
    }
    return tools;
  }
}
