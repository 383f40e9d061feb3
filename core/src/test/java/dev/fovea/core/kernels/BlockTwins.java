package dev.fovea.core.kernels;

import java.util.Arrays;
import java.util.Random;
import java.util.function.BiConsumer;

/**
 * The kernels in use for pictures in blocks of channels against their definitions: awkward numbers of pixels, offsets,
 * guard cells around what may be written. Also a program, so that a test can run it in a JVM with another vector width.
 */
final class BlockTwins {
  private static final int[] PIXELS = {0, 1, 2, 3, 5, 8, 13, 64, 515};
  private static final int WIDTH = Blocks.WIDTH;
  private static final int OFFSET = 5;
  private static final float GUARD = 12345f;

  private BlockTwins() {}

  public static void main(String[] args) {
    if (!Kernels.get().name().equals(args[0])) {
      throw new AssertionError("expected " + args[0] + ", got " + Kernels.get().name());
    }
    check();
  }

  /** Throws an {@link AssertionError} if any kernel disagrees with its definition. */
  static void check() {
    for (int n : PIXELS) {
      windows(n);
      choices(n);
      pixels(n);
      channels(n);
      planes(n);
    }
    squares();
  }

  private static void squares() {
    float[] x = values(WIDTH * 25, 1, true);
    for (int stride : new int[] {WIDTH, 25}) {
      exactly("transpose of " + stride, WIDTH * WIDTH, (k, y) -> k.transpose(x, OFFSET, stride, y, OFFSET, WIDTH));
      exactly("transpose to 18 of " + stride, WIDTH * 18, (k, y) -> k.transpose(x, OFFSET, stride, y, OFFSET, 18));
    }
  }

  private static void windows(int n) {
    float[] x = values(4 * n * WIDTH, 1, true);
    int lower = OFFSET + 2 * n * WIDTH;
    exactly("halveByMaximum " + n, n * WIDTH, (k, y) -> k.halveByMaximum(n, x, OFFSET, lower, y, OFFSET,
        new int[BlockKernels.choiceLength(n + 3)], 0, 3));
    exactly("its choices " + n, BlockKernels.choiceLength(n + 3), (k, y) -> {
      int[] chosen = ints(BlockKernels.choiceLength(n + 3));
      k.halveByMaximum(n, x, OFFSET, lower, new float[n * WIDTH], 0, chosen, OFFSET, 3);
      asFloats(chosen, y);
    });
    int[] cells = {0, 2 * WIDTH, WIDTH, 3, 2 * WIDTH};
    int[] numbers = {255, 0, 7, 128, 3};
    for (int step = 1; step <= 3; step++) {
      int s = step;
      exactly("largestUnder " + n, n * WIDTH, (k, y) -> k.largestUnder(n, 1, 5, cells, numbers, x, OFFSET, s,
          y, OFFSET, new int[BlockKernels.choiceLength(n + 2)], 0, 2));
      exactly("its choices " + n, BlockKernels.choiceLength(n + 2), (k, y) -> {
        int[] chosen = ints(BlockKernels.choiceLength(n + 2));
        k.largestUnder(n, 0, 4, cells, numbers, x, OFFSET, s, new float[n * WIDTH], 0, chosen, OFFSET, 2);
        asFloats(chosen, y);
      });
      exactly("meanUnder " + n, n * WIDTH,
          (k, y) -> k.meanUnder(n, 1, 5, cells, 3, x, OFFSET, s, y, OFFSET));
      exactly("scatter " + n, n * s * WIDTH, (k, y) -> k.scatter(n, 3, x, OFFSET, y, OFFSET, s));
    }
  }

  private static void choices(int n) {
    float[] dy = values(n * WIDTH, 1, false);
    int[] chosen = ints(BlockKernels.choiceLength(n + 2));
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = i * 0x25252525;
    }
    int number = 3 * 37;
    for (boolean add : new boolean[] {false, true}) {
      exactly("givePairs " + n, 2 * n * WIDTH,
          (k, y) -> k.givePairs(n, number, dy, OFFSET, chosen, OFFSET, 2, y, OFFSET, add));
      exactly("spreadPairs " + n, 2 * n * WIDTH, (k, y) -> k.spreadPairs(n, 0.3f, dy, OFFSET, y, OFFSET, add));
    }
    for (int step = 1; step <= 3; step++) {
      int s = step;
      exactly("giveToChosen " + n, n * s * WIDTH,
          (k, y) -> k.giveToChosen(n, number, dy, OFFSET, chosen, OFFSET, 2, y, OFFSET, s));
    }
  }

  private static void pixels(int n) {
    float[] x = values(n * WIDTH, 1, true);
    for (boolean add : new boolean[] {false, true}) {
      float[] pixel = values(WIDTH, 1, false);
      exactly("repeat " + n, n * WIDTH, (k, y) -> k.repeat(n, pixel, OFFSET, y, OFFSET, add));
    }
    if (n > 0) {
      exactly("largest " + n, WIDTH, (k, y) -> k.largest(n, x, OFFSET, y, OFFSET, new int[WIDTH], 0));
      exactly("which is largest " + n, WIDTH, (k, y) -> {
        int[] chosen = ints(WIDTH);
        k.largest(n, x, OFFSET, new float[WIDTH], 0, chosen, OFFSET);
        asFloats(chosen, y);
      });
    }
  }

  private static void channels(int n) {
    ChannelKernels definition = new ScalarChannels();
    ChannelKernels kernels = ChannelKernels.blocks();
    float[] x = values(n * WIDTH, 1, false);
    float[] dy = values(n * WIDTH, 2, false);
    float[] constants = values(4 * WIDTH, 3, false);
    near("sums " + n, n, WIDTH, definition, kernels, (k, y) -> k.sums(n, x, OFFSET, y, OFFSET));
    near("deviations " + n, n, 2 * WIDTH, definition, kernels,
        (k, y) -> k.deviations(n, x, OFFSET, constants, OFFSET, y, OFFSET));
    near("slopeSums " + n, n, 2 * WIDTH, definition, kernels,
        (k, y) -> k.slopeSums(n, x, OFFSET, dy, OFFSET, constants, OFFSET, y, OFFSET));
    for (boolean add : new boolean[] {false, true}) {
      same("normalize " + n, n * WIDTH, definition, kernels,
          (k, y) -> k.normalize(n, x, OFFSET, constants, OFFSET, y, OFFSET, add));
      same("combine " + n, n * WIDTH, definition, kernels,
          (k, y) -> k.combine(n, x, OFFSET, dy, OFFSET, constants, OFFSET, y, OFFSET, add));
    }
  }

  /** Planes of any length against blocks in which the channel is one of sixteen. */
  private static void planes(int n) {
    ChannelKernels planes = ChannelKernels.planes();
    float[] x = values(n, 1, false);
    float[] dy = values(n, 2, false);
    float[] constants = values(4, 3, false);
    float[] wide = new float[4 * WIDTH];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = constants[OFFSET + i / WIDTH];
    }
    ChannelKernels definition = new OneLane(n, wide);
    near("sums of a plane " + n, n, 1, definition, planes, (k, y) -> k.sums(n, x, OFFSET, y, OFFSET));
    near("deviations of a plane " + n, n, 2, definition, planes,
        (k, y) -> k.deviations(n, x, OFFSET, constants, OFFSET, y, OFFSET));
    near("slopeSums of a plane " + n, n, 2, definition, planes,
        (k, y) -> k.slopeSums(n, x, OFFSET, dy, OFFSET, constants, OFFSET, y, OFFSET));
    for (boolean add : new boolean[] {false, true}) {
      same("normalize a plane " + n, n, definition, planes,
          (k, y) -> k.normalize(n, x, OFFSET, constants, OFFSET, y, OFFSET, add));
      same("combine a plane " + n, n, definition, planes,
          (k, y) -> k.combine(n, x, OFFSET, dy, OFFSET, constants, OFFSET, y, OFFSET, add));
    }
  }

  /** A plane as the first channel of a block, by the definition. */
  private record OneLane(int length, float[] constants) implements ChannelKernels {
    private static final ChannelKernels BLOCKS = new ScalarChannels();

    @Override
    public int lanes() {
      return 1;
    }

    private float[] widen(float[] x, int offset) {
      float[] blocks = new float[length * WIDTH];
      for (int i = 0; i < length; i++) {
        blocks[i * WIDTH] = x[offset + i];
      }
      return blocks;
    }

    private static void narrow(float[] blocks, int n, float[] y, int yOffset) {
      for (int i = 0; i < n; i++) {
        y[yOffset + i] = blocks[i * WIDTH];
      }
    }

    @Override
    public void sums(int n, float[] x, int xOffset, float[] sums, int sumsOffset) {
      float[] result = new float[WIDTH];
      BLOCKS.sums(n, widen(x, xOffset), 0, result, 0);
      narrow(result, 1, sums, sumsOffset);
    }

    @Override
    public void deviations(int n, float[] x, int xOffset, float[] unused, int at, float[] sums, int sumsOffset) {
      float[] result = new float[2 * WIDTH];
      BLOCKS.deviations(n, widen(x, xOffset), 0, constants, 0, result, 0);
      narrow(result, 2, sums, sumsOffset);
    }

    @Override
    public void slopeSums(int n, float[] x, int xOffset, float[] dy, int dyOffset, float[] unused, int at,
        float[] sums, int sumsOffset) {
      float[] result = new float[2 * WIDTH];
      BLOCKS.slopeSums(n, widen(x, xOffset), 0, widen(dy, dyOffset), 0, constants, 0, result, 0);
      narrow(result, 2, sums, sumsOffset);
    }

    @Override
    public void normalize(int n, float[] x, int xOffset, float[] unused, int at, float[] y, int yOffset,
        boolean add) {
      float[] result = widen(y, yOffset);
      BLOCKS.normalize(n, widen(x, xOffset), 0, constants, 0, result, 0, add);
      narrow(result, n, y, yOffset);
    }

    @Override
    public void combine(int n, float[] x, int xOffset, float[] dy, int dyOffset, float[] unused, int at,
        float[] y, int yOffset, boolean add) {
      float[] result = widen(y, yOffset);
      BLOCKS.combine(n, widen(x, xOffset), 0, widen(dy, dyOffset), 0, constants, 0, result, 0, add);
      narrow(result, n, y, yOffset);
    }
  }

  private static void exactly(String what, int length, BiConsumer<BlockKernels, float[]> kernel) {
    same(what, length, new ScalarBlocks(), BlockKernels.get(), kernel);
  }

  private static <T> void same(String what, int length, T definition, T kernels, BiConsumer<T, float[]> kernel) {
    compare(what, length, 0, definition, kernels, kernel);
  }

  private static <T> void near(String what, int n, int length, T definition, T kernels,
      BiConsumer<T, float[]> kernel) {
    compare(what, length, 4e-6 * (n + 1), definition, kernels, kernel);
  }

  private static <T> void compare(String what, int length, double tolerance, T definition, T kernels,
      BiConsumer<T, float[]> kernel) {
    float[] expected = guarded(length);
    float[] actual = guarded(length);
    kernel.accept(definition, expected);
    kernel.accept(kernels, actual);
    for (int i = 0; i < expected.length; i++) {
      boolean outside = i < OFFSET || i >= OFFSET + length;
      float wanted = outside ? GUARD : expected[i];
      boolean equal = Float.floatToIntBits(actual[i]) == Float.floatToIntBits(wanted);
      if (!equal && !(!outside && Math.abs(actual[i] - wanted) <= tolerance)) {
        throw new AssertionError(what + ": " + actual[i] + " at " + (i - OFFSET) + ", expected " + wanted);
      }
    }
  }

  private static float[] guarded(int length) {
    float[] y = new float[length + 2 * OFFSET];
    Arrays.fill(y, GUARD);
    return y;
  }

  private static void copy(float[] values, float[] y) {
    System.arraycopy(values, OFFSET, y, OFFSET, y.length - 2 * OFFSET);
  }

  /** Choices before anything is kept, with guard cells. */
  private static int[] ints(int length) {
    int[] ints = new int[length + 2 * OFFSET];
    Arrays.fill(ints, 0x01020304);
    return ints;
  }

  /** What two runs of a kernel that writes ints can be compared by: 16 bits at a time fit a float. */
  private static void asFloats(int[] ints, float[] y) {
    for (int i = 0; i < ints.length; i++) {
      boolean outside = i < OFFSET || i >= ints.length - OFFSET;
      if (outside && ints[i] != 0x01020304) {
        throw new AssertionError("choices: written outside, at " + (i - OFFSET));
      }
      if (!outside) {
        y[i] = (ints[i] >>> 16) + 31 * (ints[i] & 0xFFFF);
      }
    }
  }

  /** Values of which a few are equal; where asked for, a few are infinite or not a number. */
  private static float[] values(int n, long seed, boolean extremes) {
    Random random = new Random(seed);
    float[] odd = {Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, -0f, 0f};
    float[] x = new float[4 * n + 2 * OFFSET];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextInt(4) == 0 ? 0.5f : random.nextFloat() * 2 - 1;
      x[i] = extremes && random.nextInt(8) == 0 ? odd[random.nextInt(odd.length)] : x[i];
    }
    return x;
  }
}
