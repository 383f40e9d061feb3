package dev.fovea.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionTest {
  @Test
  void isALineOfJson() {
    assertThat(Prediction.of(Path.of("a \"b\".png"), List.of("cat", "dog"), 0.25f, 0.75f).json())
        .isEqualTo("{\"file\":\"a \\\"b\\\".png\",\"class\":\"dog\",\"probability\":0.75,"
            + "\"probabilities\":{\"cat\":0.25,\"dog\":0.75}}");
  }
}
