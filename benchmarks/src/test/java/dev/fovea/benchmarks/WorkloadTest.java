package dev.fovea.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Shape;
import dev.fovea.layers.Sequential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadTest {
  /** The first four are the figures of the other frameworks' programs. */
  @ParameterizedTest
  @CsvSource({"keras-mnist,225034", "gap-224,66410", "flatten-224,11573898", "lenet5,61706", "residual-32,76426",
      "resnet-cifar,272474"})
  void trainsAsManyParametersAsTheSameNetworkElsewhere(String name, long count) {
    assertThat(Workload.named(name).model().trainableCount()).isEqualTo(count);
  }

  /** Keras' MobileNet(alpha=0.5, include_top=False) has 829,536, moving statistics included; then 512 x 10 + 10. */
  @Test
  void separableHasTheParametersOfHalfAMobileNet() {
    assertThat(Workload.named("separable").model().parameterCount()).isEqualTo(829_536 + 5_130);
  }

  @Test
  void allEndInTheirClasses() {
    assertThat(Workload.all()).hasSize(7).allSatisfy(workload -> {
      Sequential model = workload.model();
      assertThat(model.inputShape()).isEqualTo(workload.sample());
      assertThat(model.outputShape()).isEqualTo(Shape.of(workload.classes()));
    });
  }

  @Test
  void refusesUnknownNames() {
    assertThatThrownBy(() -> Workload.named("vgg")).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("workload: expected one of keras-mnist, gap-224, flatten-224, lenet5, residual-32, resnet-cifar, "
            + "separable, got vgg");
  }
}
