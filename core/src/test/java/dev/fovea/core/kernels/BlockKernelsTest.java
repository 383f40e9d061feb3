package dev.fovea.core.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fovea.core.ChildJvm;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockKernelsTest {
  @Test
  void kernelsInUseAgreeWithTheScalarOnes() {
    BlockTwins.check();
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
        .run(BlockTwins.class, "vector-" + width);
    assertThat(result.exit()).as(result.output()).isZero();
  }

  @Test
  void compiledAndInterpretedCodeGiveTheSameBits() {
    assumeTrue(Kernels.get().name().startsWith("vector-"), "skipped: the Vector API is not there");
    String[] flags = {"--add-modules", KernelChoice.MODULE};
    String hot = ChildJvm.with(flags).run(Bits.class, "3000").lastLine();
    String cold = ChildJvm.with(flags).and("-Xint").run(Bits.class, "1").lastLine();
    assertThat(hot).startsWith("bits ").isEqualTo(cold);
  }

  /** A program that runs kernels a number of times and prints a fingerprint of the last results' bits. */
  static final class Bits {
    private static final int N = 13;

    private Bits() {}

    public static void main(String[] args) {
      int hash = 0;
      for (int i = 0; i < Integer.parseInt(args[0]); i++) {
        hash = fingerprint();
      }
      System.out.println("bits " + Integer.toHexString(hash));
    }

    private static int fingerprint() {
      Random random = new Random(1);
      float[] x = new float[4 * N * Blocks.WIDTH];
      for (int i = 0; i < x.length; i++) {
        x[i] = random.nextFloat() * 2 - 1;
      }
      float[] y = new float[2 * N * Blocks.WIDTH];
      int[] chosen = new int[BlockKernels.choiceLength(N)];
      BlockKernels k = BlockKernels.get();
      k.halveByMaximum(N, x, 0, 2 * N * Blocks.WIDTH, y, 0, chosen, 0, 0);
      int hash = 31 * Arrays.hashCode(y) + Arrays.hashCode(chosen);
      k.givePairs(N, 2, x, 0, chosen, 0, 0, y, 0, true);
      hash = 31 * hash + Arrays.hashCode(y);
      int[] cells = {0, 7, 3};
      k.largestUnder(N, 0, 3, cells, cells, x, 0, 2, y, 0, chosen, 0, 0);
      hash = 31 * (31 * hash + Arrays.hashCode(y)) + Arrays.hashCode(chosen);
      ChannelKernels channels = ChannelKernels.blocks();
      channels.deviations(4 * N, x, 0, x, 0, y, 0);
      channels.slopeSums(2 * N, x, 0, x, 2 * N, x, 0, y, 2 * Blocks.WIDTH);
      channels.combine(N, x, 0, x, 1, x, 2, y, 0, true);
      return 31 * hash + Arrays.hashCode(y);
    }
  }
}
