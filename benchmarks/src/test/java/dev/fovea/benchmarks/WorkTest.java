package dev.fovea.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkTest {
  @Test
  void countsConvolutionsAndDenseLayers() {
    Work work = work("keras-mnist");
    assertThat(work.first()).isEqualTo(26L * 26 * 32 * 9);
    assertThat(work.forward()).isEqualTo(26L * 26 * 32 * 9 + 11L * 11 * 64 * 32 * 9 + 1600L * 128 + 128 * 10);
    assertThat(work.trainingOperations()).isEqualTo(2.0 * (3 * work.forward() - work.first()));
  }

  /** Millions. MobileNet's paper counts 149 at half the width and 224x224; at 96x96 those are 27. */
  @ParameterizedTest
  @CsvSource({"gap-224,1118", "flatten-224,1129", "lenet5,0", "residual-32,77", "resnet-cifar,41", "separable,27"})
  void agreesWithWhatOthersCount(String name, long millions) {
    assertThat(Math.round(work(name).forward() / 1e6)).isEqualTo(millions);
  }

  private static Work work(String name) {
    Workload workload = Workload.named(name);
    return Work.of(workload.sample(), workload.network().get());
  }
}
