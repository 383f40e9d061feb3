package dev.fovea.core.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fovea.core.ChildJvm;
import org.junit.jupiter.api.Test;

class KernelChoiceTest {
  @Test
  void scalarCanAlwaysBeForced() {
    assertThat(KernelChoice.choose("scalar").name()).isEqualTo("scalar");
  }

  @Test
  void unknownWishIsRefused() {
    assertThatThrownBy(() -> KernelChoice.choose("gpu")).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("fovea.kernels: expected auto, scalar, vector, vector-128, vector-256 or vector-512, got 'gpu'");
  }

  @Test
  void withoutTheModuleVectorCannotBeForced() {
    assumeTrue(Kernels.get().name().equals("scalar"), "skipped: the Vector API is there");
    assertThatThrownBy(() -> KernelChoice.choose("vector")).isInstanceOf(IllegalStateException.class)
        .hasMessage("fovea.kernels=vector: the Vector API is not in the module graph; start Java with --add-modules "
            + "jdk.incubator.vector");
  }

  @Test
  void withoutTheModuleOneLineSaysWhatToAddAndWhatItCosts() {
    ChildJvm.Result result = ChildJvm.with().run(Program.class);
    assertThat(result.output().strip()).isEqualTo("WARN  Kernels: kernels: scalar, some ten times slower than "
        + "SIMD: the Vector API is not in the module graph; start Java with --add-modules jdk.incubator.vector");
  }

  @Test
  void theSpeciesMayBeAskedForBeforeTheKernels() {
    assumeTrue(Kernels.get().name().startsWith("vector-"), "skipped: the Vector API is not there");
    ChildJvm.Result result = ChildJvm.with("--add-modules", "jdk.incubator.vector", "-Dfovea.kernels=vector-128")
        .run(SpeciesFirst.class);
    assertThat(result.lastLine()).isEqualTo("128 vector-128");
  }

  /** Asks for the species, then for the kernels. */
  static final class SpeciesFirst {
    public static void main(String[] args) {
      int bits = VectorWidth.SPECIES.vectorBitSize();
      System.out.println(bits + " " + Kernels.get().name());
    }
  }

  /** Makes the choice and ends. */
  static final class Program {
    public static void main(String[] args) {
      Kernels.get();
    }
  }
}
