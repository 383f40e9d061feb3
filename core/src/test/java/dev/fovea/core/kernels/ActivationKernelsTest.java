package dev.fovea.core.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fovea.core.ChildJvm;
import java.util.Arrays;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActivationKernelsTest {
  private static final int[] LENGTHS = {0, 1, 3, 15, 16, 17, 100, 1024, 2077};
  private static final int OFFSET = 5;
  private static final float GUARD = 12345f;

  @Test
  void kernelsInUseGiveTheBitsOfTheScalarOnes() {
    int cold = Twins.check();
    assertThat(Twins.check()).isEqualTo(cold);
  }

  @ParameterizedTest
  @ValueSource(ints = {128, 256, 512})
  void everyVectorWidthGivesTheBitsOfTheScalarKernels(int width) {
    String name = Kernels.get().name();
    assumeTrue(name.startsWith("vector-"), "skipped: the Vector API is not there");
    assumeTrue(Integer.parseInt(name.substring("vector-".length())) >= width,
        "skipped: this machine's vectors are narrower than " + width + " bits");
    ChildJvm.Result result = ChildJvm.with("--add-modules", KernelChoice.MODULE, "-Dfovea.kernels=vector-" + width)
        .run(Twins.class, "300");
    assertThat(result.exit()).as(result.output()).isZero();
  }

  @Test
  void compiledAndInterpretedCodeGiveTheSameBits() {
    assumeTrue(Kernels.get().name().startsWith("vector-"), "skipped: the Vector API is not there");
    String[] flags = {"--add-modules", KernelChoice.MODULE};
    String hot = ChildJvm.with(flags).run(Twins.class, "500").lastLine();
    String cold = ChildJvm.with(flags).and("-Xint").run(Twins.class, "1").lastLine();
    assertThat(hot).startsWith("bits ").isEqualTo(cold);
  }

  /** Every kernel against its definition; also a program that does so a number of times and prints a fingerprint. */
  static final class Twins {
    private Twins() {}

    public static void main(String[] args) {
      int hash = 0;
      for (int i = 0; i < Integer.parseInt(args[0]); i++) {
        hash = check();
      }
      System.out.println("bits " + Integer.toHexString(hash));
    }

    static int check() {
      int hash = 0;
      for (int n : LENGTHS) {
        float[] x = values(n, 1);
        float[] dy = values(n, 2);
        hash += same("sigmoid", n, (k, y) -> k.sigmoid(n, x, OFFSET, y, OFFSET));
        hash += same("tanh", n, (k, y) -> k.tanh(n, x, OFFSET, y, OFFSET));
        hash += same("leakyRelu", n, (k, y) -> k.leakyRelu(n, 0.1f, x, OFFSET, y, OFFSET));
        for (boolean add : new boolean[] {false, true}) {
          hash += same("leakyReluGrad", n,
              (k, dx) -> k.leakyReluGrad(n, 0.1f, x, OFFSET, dy, OFFSET, dx, OFFSET, add));
        }
      }
      return hash;
    }

    private static int same(String what, int n, BiConsumer<ActivationKernels, float[]> kernel) {
      float[] expected = new float[n + 2 * OFFSET];
      Arrays.fill(expected, GUARD);
      float[] actual = expected.clone();
      kernel.accept(new ScalarActivations(), expected);
      kernel.accept(ActivationKernels.get(), actual);
      for (int i = 0; i < expected.length; i++) {
        if (Float.floatToIntBits(actual[i]) != Float.floatToIntBits(expected[i])) {
          throw new AssertionError(
              what + " of " + n + ": " + actual[i] + " at " + (i - OFFSET) + ", expected " + expected[i]);
        }
      }
      return Arrays.hashCode(actual);
    }

    private static float[] values(int n, long seed) {
      Random random = new Random(seed);
      float[] odd = {Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, -0f, 0f, 88.8f, -1000f, 0.3f};
      float[] x = new float[n + 2 * OFFSET];
      for (int i = 0; i < x.length; i++) {
        x[i] = i % 7 == 3 ? odd[random.nextInt(odd.length)] : (random.nextFloat() - 0.5f) * (i % 2 == 0 ? 20 : 1);
      }
      return x;
    }
  }
}
