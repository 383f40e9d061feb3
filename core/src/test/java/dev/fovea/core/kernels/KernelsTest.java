package dev.fovea.core.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fovea.core.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelsTest {
  @Test
  void scalarKernelsKeepTheirOwnDefinition() {
    KernelTwins.check(new ScalarKernels());
  }

  @Test
  void kernelsInUseAgreeWithTheScalarOnes() {
    KernelTwins.check(Kernels.get());
  }

  /** The species is fixed for the life of a JVM, so each width gets a JVM of its own. */
  @ParameterizedTest
  @ValueSource(ints = {128, 256, 512})
  void everyVectorWidthAgreesWithTheScalarKernels(int width) {
    String name = Kernels.get().name();
    assumeTrue(name.startsWith("vector-"), "skipped: the Vector API is not there");
    assumeTrue(Integer.parseInt(name.substring("vector-".length())) >= width,
        "skipped: this machine's vectors are narrower than " + width + " bits");
    ChildJvm.Result result = ChildJvm.with("--add-modules", KernelChoice.MODULE, "-Dfovea.kernels=vector-" + width)
        .run(KernelTwins.class, "vector-" + width);
    assertThat(result.exit()).as(result.output()).isZero();
  }

  @Test
  void compiledAndInterpretedCodeGiveTheSameBits() {
    assumeTrue(Kernels.get().name().startsWith("vector-"), "skipped: the Vector API is not there");
    String[] flags = {"--add-modules", KernelChoice.MODULE};
    String hot = ChildJvm.with(flags).run(KernelBits.class, "3000").lastLine();
    String cold = ChildJvm.with(flags).and("-Xint").run(KernelBits.class, "1").lastLine();
    assertThat(hot).startsWith("bits ").isEqualTo(cold);
  }
}
