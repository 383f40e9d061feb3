package dev.fovea.core.kernels.conv.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fovea.core.ChildJvm;
import dev.fovea.core.kernels.Kernels;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tiles of all kernels, by the algorithms that are made of them. */
class DirectCasesTest {
  /** The species is fixed for the life of a JVM, so each width gets a JVM of its own. */
  @ParameterizedTest
  @ValueSource(strings = {"scalar", "vector-128", "vector-256", "vector-512"})
  void allKernelsGiveWhatTheDefinitionSays(String choice) {
    String name = Kernels.get().name();
    assumeTrue(name.startsWith("vector-"), "skipped: the Vector API is not there");
    assumeTrue(choice.equals("scalar") || width(name) >= width(choice), "skipped: this machine's vectors are narrower");
    ChildJvm.Result result = ChildJvm.with("--add-modules", "jdk.incubator.vector", "-Dfovea.kernels=" + choice)
        .run(DirectCases.class, choice);
    assertThat(result.exit()).as(result.output()).isZero();
  }

  private static int width(String name) {
    return Integer.parseInt(name.substring("vector-".length()));
  }
}
