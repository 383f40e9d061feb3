package dev.fovea.examples.cli;

import dev.fovea.examples.run.Waiting;
import me.tongfei.progressbar.ProgressBar;

/** A bar for each task that takes long, where somebody watches; nothing is left of it. */
final class WaitingBar implements Waiting, AutoCloseable {
  private final Terminal terminal;
  private String task;
  private ProgressBar bar;

  WaitingBar(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public synchronized void step(String name, long done, long total) {
    if (!terminal.interactive()) {
      return;
    }
    if (!name.equals(task)) {
      close();
      task = name;
      bar = TerminalBar.start(terminal, name, total);
    }
    bar.stepTo(done);
  }

  /** Takes the bar away, if there is one. */
  @Override
  public synchronized void close() {
    if (bar != null) {
      TerminalBar.end(terminal, bar);
      bar = null;
      task = null;
    }
  }
}
