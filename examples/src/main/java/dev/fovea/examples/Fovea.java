package dev.fovea.examples;

import dev.fovea.examples.cli.RootCommand;

/** The command line; the script {@code fovea} at the root of the project runs it. */
public final class Fovea {
  private Fovea() {}

  /** Runs a command and ends the process with its status. */
  public static void main(String[] args) {
    System.exit(RootCommand.run(args));
  }
}
