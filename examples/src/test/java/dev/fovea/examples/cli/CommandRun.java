package dev.fovea.examples.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A command as it was run: its exit status and what it printed, with line breaks as {@code \n}. */
record CommandRun(int status, String out, String err) {
  static CommandRun of(Object... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringWriter err = new StringWriter();
    String[] texts = new String[arguments.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = arguments[i].toString();
    }
    int status = RootCommand.run(Terminal.plain(out), new PrintWriter(err, true), texts);
    return new CommandRun(status, out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n"),
        err.toString().replace("\r\n", "\n"));
  }

  List<String> lines() {
    return out.lines().toList();
  }

  String lastLine() {
    return lines().get(lines().size() - 1);
  }
}
