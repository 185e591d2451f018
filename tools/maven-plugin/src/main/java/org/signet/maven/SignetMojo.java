package org.signet.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.toolchain.Toolchain;
import org.apache.maven.toolchain.ToolchainManager;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/** What the goals have in common: their parameters, the worker, and how they fail. */
abstract class SignetMojo extends AbstractMojo {
  /** The exit statuses that are about a model; the others are about the build or Signet itself. */
  private static final Set<Integer> MODEL_AT_FAULT = Set.of(1, 3, 4);

  private final RepositorySystem repositories;
  private final ToolchainManager toolchains;

  /**
   * The models, if there are several. What a {@code <model>} does not say itself is taken from
   * beside {@code <models>}, except for files.
   */
  @Parameter private List<Model> models = List.of();

  /** The model to convert: a SavedModel's folder, or another source. */
  @Parameter(property = "signet.source")
  private @Nullable File source;

  /**
   * The model file. Default: {@code ${project.build.outputDirectory}/NAME.tflite} with the name of
   * the source, so that it is packed into the jar.
   */
  @Parameter(property = "signet.output")
  private @Nullable File output;

  /** The form of the source, such as saved_model. Default: auto, found out from what is there. */
  @Parameter(property = "signet.kind")
  private @Nullable String kind;

  /** The tag set of the MetaGraph to convert. Default: serve, or the only one there is. */
  @Parameter(property = "signet.tags")
  private @Nullable List<String> tags;

  /** The signatures to convert. Default: all. */
  @Parameter(property = "signet.signatures")
  private @Nullable List<String> signatures;

  /**
   * Functions of the SavedModel's object to convert in place of the signatures: {@code
   * [KEY=]PATH[#INDEX]}, with the index if a function has several traces.
   */
  @Parameter(property = "signet.functions")
  private @Nullable List<String> functions;

  /** The key of the signature that feeds and fetches make. Default: serving_default. */
  @Parameter(property = "signet.key")
  private @Nullable String key;

  /** The inputs of a bare graph: {@code x:0}, or {@code NAME=x:0}. */
  @Parameter(property = "signet.feeds")
  private @Nullable List<String> feeds;

  /** The outputs of a bare graph, likewise. They make one signature. */
  @Parameter(property = "signet.fetches")
  private @Nullable List<String> fetches;

  /** The beginning that the files of a bare graph's checkpoint have in common. */
  @Parameter(property = "signet.checkpoint")
  private @Nullable File checkpoint;

  /**
   * What the outputs of a Keras file are called: exported, as Keras exports them, or layers, after
   * the layers that give them. Default: exported.
   */
  @Parameter(property = "signet.outputNames")
  private @Nullable String outputNames;

  /**
   * Whether variables, tables and queues become inputs and outputs, and a signature initial_state
   * gives the values that they begin with. Default: false.
   */
  @Parameter(property = "signet.externalizeState")
  private @Nullable Boolean externalizeState;

  /** Jars with ops of other libraries. Default: none. */
  @Parameter(property = "signet.extensions")
  private List<File> extensions = List.of();

  /** Whether to do nothing. */
  @Parameter(property = "signet.skip", defaultValue = "false")
  private boolean skip;

  /**
   * The folder of a JDK 25 or newer. Default: that of the toolchains, the one that runs Maven, or
   * else the first that is installed in the usual places.
   */
  @Parameter(property = "signet.jdk")
  private @Nullable File jdk;

  /** Options for the JVM that does the work, such as {@code -Xmx8g} for a large model. */
  @Parameter(property = "signet.jvmOptions")
  private List<String> jvmOptions = List.of();

  @Parameter(defaultValue = "${session}", readonly = true, required = true)
  @SuppressWarnings("NullAway.Init") // Maven sets it
  private MavenSession session;

  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  @SuppressWarnings("NullAway.Init") // Maven sets it
  private MavenProject project;

  @Parameter(defaultValue = "${plugin.version}", readonly = true, required = true)
  private String version = "";

  SignetMojo(RepositorySystem repositories, ToolchainManager toolchains) {
    this.repositories = repositories;
    this.toolchains = toolchains;
  }

  @Override
  public final void execute() throws MojoExecutionException, MojoFailureException {
    if (skip || skipGoal()) {
      getLog().info("Skipped");
      return;
    }
    Model shared = new Model();
    shared.source = source;
    shared.output = output;
    shared.kind = kind;
    shared.tags = tags;
    shared.signatures = signatures;
    shared.functions = functions;
    shared.key = key;
    shared.feeds = feeds;
    shared.fetches = fetches;
    shared.checkpoint = checkpoint;
    shared.outputNames = outputNames;
    shared.externalizeState = externalizeState;
    complete(shared);
    Path outputFolder = Path.of(project.getBuild().getOutputDirectory());
    Map<ModelSettings, Worker.Result> failures = new LinkedHashMap<>();
    List<ModelSettings> all = ModelSettings.of(models, shared, outputFolder);
    for (ModelSettings model : all) {
      execute(model)
          .filter(result -> result.status() != 0)
          .ifPresent(result -> failures.put(model, result));
    }
    if (!failures.isEmpty()) {
      fail(failures, all.size());
    }
  }

  /** Whether this goal has a reason of its own to do nothing. */
  abstract boolean skipGoal();

  /** Adds the goal's own parameters. */
  abstract void complete(Model shared);

  /** What the goal works on, as failures name it. */
  abstract Path subject(ModelSettings model);

  /** What it did not become where the goal failed: {@code converted}, {@code verified}. */
  abstract String participle();

  /** Does the goal's work for one model; empty if there is nothing to do. */
  abstract Optional<Worker.Result> execute(ModelSettings model) throws MojoExecutionException;

  /** A file of the plugin's own for a model: {@code target/signet/NAME-HASH.suffix}. */
  final Path ownFile(ModelSettings model, String suffix) {
    String name =
        model.output().getFileName()
            + "-"
            + Integer.toHexString(model.output().toString().hashCode());
    return Path.of(project.getBuild().getDirectory(), "signet", name + "." + suffix);
  }

  final Worker.Result run(List<String> command, ModelSettings model) throws MojoExecutionException {
    Jdk found =
        JdkFinder.ofSystem()
            .find(Optional.ofNullable(jdk).map(File::toPath), this::toolchainPrograms);
    getLog().debug("Signet runs on " + found);
    Worker worker = new Worker(found, classPath(), jvmOptions, getLog());
    return worker.run(command, ownFile(model, command.get(0) + ".args"));
  }

  final List<Path> classPath() throws MojoExecutionException {
    List<Path> all =
        new ArrayList<>(
            CommandClassPath.resolve(
                repositories,
                session.getRepositorySession(),
                project.getRemotePluginRepositories(),
                version));
    all.addAll(extensions());
    return all;
  }

  final List<Path> extensions() {
    return extensions.stream().map(File::toPath).toList();
  }

  final String version() {
    return version;
  }

  /** The project's own choice first, then whatever fits of those that the user has listed. */
  private List<Path> toolchainPrograms() {
    List<Toolchain> candidates = new ArrayList<>();
    Optional.ofNullable(toolchains.getToolchainFromBuildContext("jdk", session))
        .ifPresent(candidates::add);
    candidates.addAll(
        toolchains.getToolchains(session, "jdk", Map.of("version", "[" + Jdk.OLDEST + ",)")));
    return candidates.stream()
        .flatMap(toolchain -> Optional.ofNullable(toolchain.findTool("java")).stream())
        .map(Path::of)
        .toList();
  }

  private void fail(Map<ModelSettings, Worker.Result> failures, int total)
      throws MojoExecutionException, MojoFailureException {
    StringBuilder text = new StringBuilder();
    if (total > 1) {
      text.append(failures.size()).append(" of ").append(total).append(" models could not be ");
      text.append(participle()).append(":\n");
    }
    boolean modelAtFault = true;
    for (Map.Entry<ModelSettings, Worker.Result> failure : failures.entrySet()) {
      Worker.Result result = failure.getValue();
      text.append(subject(failure.getKey())).append(" could not be ").append(participle());
      text.append(": ").append(result.problems().get(0));
      int more = result.problems().size() - 1;
      text.append(more == 0 ? "\n" : " (and " + more + " more, see above)\n");
      modelAtFault &= MODEL_AT_FAULT.contains(result.status());
    }
    String message = text.toString().strip();
    if (modelAtFault) {
      throw new MojoFailureException(message);
    }
    throw new MojoExecutionException(message);
  }
}
