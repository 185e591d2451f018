package org.signet.kernel.ffm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The native library is optional: without it there are other providers. */
class MissingLibraryTest {
  /** The classes of this test once more, where no native library is to be found. */
  private static final class WithoutLibraries extends URLClassLoader {
    WithoutLibraries() throws MalformedURLException {
      super(classPath(), ClassLoader.getPlatformClassLoader());
    }

    private static URL[] classPath() throws MalformedURLException {
      List<String> entries =
          Pattern.compile(File.pathSeparator, Pattern.LITERAL)
              .splitAsStream(System.getProperty("java.class.path"))
              .filter(entry -> !entry.isEmpty())
              .toList();
      URL[] urls = new URL[entries.size()];
      for (int i = 0; i < urls.length; i++) {
        urls[i] = Path.of(entries.get(i)).toUri().toURL();
      }
      return urls;
    }

    @Override
    public @Nullable URL getResource(String name) {
      return name.contains("signetkernels") ? null : super.getResource(name);
    }
  }

  @Test
  void leavesTheOtherProviders() throws IOException, ReflectiveOperationException {
    try (WithoutLibraries loader = new WithoutLibraries()) {
      Class<?> providers = loader.loadClass("org.signet.kernel.KernelProviders");
      List<?> standard = (List<?>) providers.getMethod("standard").invoke(null);
      assertThat(standard).isNotEmpty();
      Class<?> provider = loader.loadClass("org.signet.kernel.ffm.FfmProvider");
      assertThat(provider.getMethod("find").invoke(null)).hasToString("Optional.empty");
    }
  }
}
