package dev.fovea.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.Shape;
import dev.fovea.layers.Add;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Graph;
import dev.fovea.layers.Node;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryCommandTest {
  @TempDir
  private Path folder;

  @Test
  void printsLayersClassesAndTexts() throws IOException {
    Path file = TestFiles.brightness(folder.resolve("model.json"), Shape.of(1, 4, 4));
    assertThat(CommandRun.of("summary", file)).isEqualTo(new CommandRun(0, """
        Model: Sequential, input [N, 1, 4, 4]
        ----------------------------------------
        Layer (type)       Output Shape  Param #
        ----------------------------------------
        flatten (Flatten)  [N, 16]             0
        dense (Dense)      [N, 2]             34
        ----------------------------------------
        Total params: 34 (136.00 B)
        Trainable params: 34 (136.00 B)
        Non-trainable params: 0 (0.00 B)
        Classes: light, dark
        author: a test
        """, ""));
  }

  @Test
  void printsThePlan() throws IOException {
    Path file = TestFiles.brightness(folder.resolve("model.json"), Shape.of(1, 4, 4));
    CommandRun run = CommandRun.of("summary", file, "--plan", "3");
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("""
        author: a test
        #  layer    operation  output""").contains("[3, 16]").contains("operations, ");
    assertThat(CommandRun.of("summary", file, "--plan", "0"))
        .isEqualTo(new CommandRun(1, "", "fovea: plan: the batch size must be at least 1, got 0\n"));
  }

  @Test
  void printsGraphs() throws IOException {
    Graph.Builder g = Graph.builder(1L);
    Node x = g.input("x", Shape.of(2));
    Graph model = g.build(g.merge(Add.of(), g.apply(Dense.of(2), x), x));
    Path file = folder.resolve("graph.json");
    model.save(file);
    assertThat(CommandRun.of("summary", file)).isEqualTo(new CommandRun(0, model.summary() + "\n", ""));
  }

  @Test
  void refusesAMissingFile() {
    Path file = folder.resolve("nothing.json");
    assertThat(CommandRun.of("summary", file)).isEqualTo(
        new CommandRun(1, "", "fovea: " + file + ": there is no such file\n"));
  }
}
