package dev.fovea.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NetworkTest {
  @ParameterizedTest
  @CsvSource({"SMALL, 86926", "CONVNET, 225034", "LENET, 61706", "GAP, 93962", "DENSE, 101770", "VGG, 889834",
      "RESNET20, 273754", "RESNET18, 11182410", "MOBILENET, 3238538"})
  void parameters(Network network, long count) {
    assertThat(network.build(Shape.of(1, 28, 28), 10, 1L).parameterCount()).isEqualTo(count);
  }

  @ParameterizedTest
  @EnumSource
  void takesOtherPicturesAndClasses(Network network) {
    assertThat(network.build(Shape.of(3, 32, 40), 4, 1L).outputShape()).isEqualTo(Shape.of(4));
  }
}
