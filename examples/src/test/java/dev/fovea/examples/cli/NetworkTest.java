package dev.fovea.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {
  @ParameterizedTest
  @CsvSource({"CONVNET, 225034", "LENET, 61706", "GAP, 93962", "DENSE, 101770"})
  void parameters(Network network, long count) {
    assertThat(network.build(Shape.of(1, 28, 28), 10, 1L).parameterCount()).isEqualTo(count);
  }

  @ParameterizedTest
  @CsvSource({"CONVNET", "LENET", "GAP", "DENSE"})
  void takesOtherPicturesAndClasses(Network network) {
    assertThat(network.build(Shape.of(3, 32, 40), 4, 1L).outputShape()).isEqualTo(Shape.of(4));
  }
}
