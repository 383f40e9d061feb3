package dev.fovea.core.kernels.conv.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.kernels.ConvShape;
import dev.fovea.core.kernels.Parallel;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FewChannelsTest {
  @AfterEach
  void allThreads() {
    Parallel.limit(Integer.MAX_VALUE);
  }

  static Stream<ConvShape> shapes() {
    return DirectCases.FIRST.stream();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void valueAndGradients(ConvShape shape) {
    DirectCases.first(shape);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void threadsDoNotChangeABit(boolean plain) {
    for (int filters : new int[] {7, 12, 40}) {
      Parallel.limit(Integer.MAX_VALUE);
      ConvShape shape = AlgorithmCase.square(3, 21, filters, 1, 4, 1, 1, 1);
      AlgorithmCase problem = new AlgorithmCase(shape, 9);
      AlgorithmCase.Result many = problem.run(new FewChannels(shape, 9, plain), !plain, false);
      Parallel.limit(1);
      AlgorithmCase.Result one = problem.run(new FewChannels(shape, 9, plain), !plain, false);
      assertThat(one).usingRecursiveComparison().isEqualTo(many);
    }
  }

  @Test
  void refusesMoreThanABlock() {
    ConvShape shape = AlgorithmCase.square(17, 6, 16, 1, 3, 1, 1, 0);
    assertThatThrownBy(() -> new FewChannels(shape, 1, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("convolution of few channels: expected at most 16 channels, got 17");
  }

  @Test
  void refusesAnInputGradient() {
    ConvShape shape = AlgorithmCase.square(1, 6, 16, 1, 3, 1, 1, 0);
    assertThatThrownBy(() -> new AlgorithmCase(shape, 1).run(new FewChannels(shape, 1, true), true, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("first layer's convolution: expected no input gradient to be asked for, got a place for one; give"
            + " the picture in blocks of channels");
  }
}
