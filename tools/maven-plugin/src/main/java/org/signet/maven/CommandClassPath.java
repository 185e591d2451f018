package org.signet.maven;

import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;

/**
 * The jars of the {@code signet} command. They are no dependencies of the plugin, because the Java
 * that runs Maven may be too old for them.
 */
final class CommandClassPath {
  private CommandClassPath() {}

  /**
   * Resolves them, from the local repository if they are there.
   *
   * @param version the version of the plugin, which the command has, too
   * @throws MojoExecutionException if they can't be had
   */
  static List<Path> resolve(
      RepositorySystem system,
      RepositorySystemSession session,
      List<RemoteRepository> repositories,
      String version)
      throws MojoExecutionException {
    DefaultArtifact command = new DefaultArtifact("org.signet:signet-cli:" + version);
    CollectRequest request = new CollectRequest(new Dependency(command, "runtime"), repositories);
    try {
      return system
          .resolveDependencies(session, new DependencyRequest(request, null))
          .getArtifactResults()
          .stream()
          .map(result -> result.getArtifact().getFile().toPath())
          .toList();
    } catch (DependencyResolutionException e) {
      throw new MojoExecutionException("Can't get " + command + ": " + e.getMessage(), e);
    }
  }
}
