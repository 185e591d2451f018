package org.signet.maven;

import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.logging.SystemStreamLog;

/** Keeps what is logged, with its level before it. */
final class RecordedLog extends SystemStreamLog {
  final List<String> lines = new ArrayList<>();

  @Override
  public void debug(CharSequence text) {}

  @Override
  public void info(CharSequence text) {
    lines.add("INFO " + text);
  }

  @Override
  public void warn(CharSequence text) {
    lines.add("WARN " + text);
  }

  @Override
  public void error(CharSequence text) {
    lines.add("ERROR " + text);
  }
}
