package dev.fovea.core.kernels.conv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fovea.core.ChildJvm;
import dev.fovea.core.kernels.Kernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PixelTwinsTest {
  @Test
  void kernelsInUseAgreeWithTheScalarOnes() {
    PixelTwins.check();
  }

  /** The species is fixed for the life of a JVM, so each width gets a JVM of its own. */
  @ParameterizedTest
  @ValueSource(ints = {128, 256, 512})
  void everyVectorWidthAgreesWithTheScalarKernels(int width) {
    String name = Kernels.get().name();
    assumeTrue(name.startsWith("vector-"), "skipped: the Vector API is not there");
    assumeTrue(Integer.parseInt(name.substring("vector-".length())) >= width,
        "skipped: this machine's vectors are narrower than " + width + " bits");
    ChildJvm.Result result =
        ChildJvm.with("--add-modules", "jdk.incubator.vector", "-Dfovea.kernels=vector-" + width)
            .run(PixelTwins.class, "vector-" + width);
    assertThat(result.exit()).as(result.output()).isZero();
  }
}
