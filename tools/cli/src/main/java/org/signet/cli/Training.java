package org.signet.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Arrays;

/**
 * Runs a command on several models in one JVM, for the launcher to make its start-up cache of the
 * classes that this loads.
 */
final class Training {
  private Training() {}

  /**
   * @param args the folder of a SavedModel, or several, then {@code --} and what to do with each:
   *     {@code convert SOURCE -o FILE}, without {@code SOURCE}
   */
  public static void main(String[] args) {
    int end = Arrays.asList(args).indexOf("--");
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    for (String model : Arrays.copyOf(args, end)) {
      String[] command = Arrays.copyOfRange(args, end, args.length);
      command[0] = command[1];
      command[1] = model;
      Main.run(command, nowhere, nowhere);
    }
  }
}
