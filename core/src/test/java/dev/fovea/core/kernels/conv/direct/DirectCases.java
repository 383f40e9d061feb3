package dev.fovea.core.kernels.conv.direct;

import static dev.fovea.core.kernels.conv.direct.AlgorithmCase.square;

import dev.fovea.core.kernels.ConvShape;
import dev.fovea.core.kernels.Kernels;
import java.util.List;

/**
 * Geometries that direct algorithms must master, each compared with the definition. Also a program, so that a test can
 * run it in a JVM with other kernels.
 */
final class DirectCases {
  /** Any number of channels and groups. */
  static final List<ConvShape> DENSE = List.of(
      square(16, 7, 16, 1, 3, 1, 1, 0),
      square(16, 7, 32, 1, 3, 1, 1, 1),
      square(32, 9, 48, 1, 3, 2, 1, 1),
      square(6, 14, 16, 1, 5, 1, 1, 0),
      square(22, 11, 20, 1, 3, 2, 2, 2),
      square(64, 6, 64, 1, 1, 2, 1, 0),
      square(16, 3, 16, 1, 3, 1, 1, 3),
      square(17, 1, 40, 1, 1, 1, 1, 0),
      square(16, 26, 16, 1, 3, 1, 1, 1),
      square(16, 9, 32, 1, 3, 1, 1, 0).withEvenOutputs(),
      square(20, 11, 16, 1, 3, 2, 1, 0).withEvenOutputs(),
      new ConvShape(20, 9, 5, 33, 1, 2, 4, 3, 1, 1, 2, 0, 2, 3, 3));

  /** Groups whose channels fill blocks, and such as do not. */
  static final List<ConvShape> GROUPED = List.of(
      square(48, 8, 96, 3, 3, 1, 1, 1),
      square(20, 8, 40, 10, 3, 2, 1, 1),
      square(6, 5, 9, 3, 2, 1, 1, 1));

  /** Few channels. */
  static final List<ConvShape> FIRST = List.of(
      square(1, 14, 6, 1, 5, 1, 1, 2),
      square(1, 12, 32, 1, 3, 1, 1, 0),
      square(3, 20, 40, 1, 7, 2, 1, 3),
      square(4, 9, 16, 2, 3, 1, 2, 1),
      square(2, 3, 17, 1, 3, 3, 1, 2),
      square(6, 14, 16, 1, 5, 1, 1, 0),
      square(8, 9, 40, 4, 3, 2, 2, 1),
      square(16, 6, 20, 1, 2, 1, 1, 0),
      square(5, 2, 3, 1, 2, 1, 1, 3),
      square(2, 11, 8, 1, 5, 1, 1, 1),
      square(1, 17, 6, 1, 7, 1, 2, 3),
      square(3, 13, 7, 1, 9, 2, 1, 4),
      square(4, 12, 10, 1, 5, 1, 1, 2),
      square(6, 13, 16, 1, 5, 1, 1, 0).withEvenOutputs(),
      square(3, 15, 7, 1, 3, 2, 1, 0).withEvenOutputs(),
      square(8, 17, 12, 1, 7, 2, 1, 3),
      new ConvShape(9, 12, 8, 16, 1, 3, 3, 1, 2, 2, 1, 1, 0, 10, 3),
      new ConvShape(7, 9, 5, 33, 1, 2, 4, 3, 1, 1, 2, 0, 2, 3, 3));

  /** One channel, pooled. */
  static final List<ConvShape> POOLED = List.of(
      square(1, 28, 32, 1, 3, 1, 1, 0),
      square(1, 9, 33, 1, 3, 1, 1, 1),
      square(1, 12, 7, 1, 3, 1, 1, 0),
      square(1, 11, 17, 1, 5, 1, 1, 2),
      square(1, 12, 40, 1, 3, 1, 2, 1),
      square(1, 60, 20, 1, 3, 1, 1, 1),
      square(1, 9, 48, 1, 2, 1, 1, 0).withEvenOutputs(),
      new ConvShape(1, 11, 7, 20, 1, 3, 3, 2, 1, 1, 1, 1, 0, 5, 5),
      new ConvShape(1, 3, 17, 18, 1, 2, 4, 1, 1, 1, 2, 0, 2, 2, 13));

  /** Few filters, pooled, and wide enough for lanes to be columns: also with more rows than go together. */
  static final List<ConvShape> ROWS = List.of(
      square(1, 28, 6, 1, 5, 1, 1, 2),
      square(3, 30, 8, 1, 3, 1, 1, 1),
      square(1, 57, 3, 1, 5, 2, 1, 2),
      square(2, 40, 4, 1, 3, 1, 2, 1),
      square(1, 70, 2, 1, 3, 1, 1, 0),
      square(1, 26, 1, 1, 1, 1, 1, 0),
      square(4, 29, 7, 1, 2, 1, 1, 0).withEvenOutputs(),
      new ConvShape(2, 9, 40, 5, 1, 2, 4, 3, 1, 1, 2, 0, 2, 3, 37));

  /** One filter for each channel. */
  static final List<ConvShape> DEPTHWISE = List.of(
      square(16, 7, 16, 16, 3, 1, 1, 1),
      square(40, 11, 40, 40, 3, 2, 1, 1),
      square(16, 14, 16, 16, 5, 1, 2, 4),
      square(3, 26, 3, 3, 1, 2, 1, 0),
      square(16, 9, 16, 16, 3, 1, 1, 0).withEvenOutputs(),
      square(33, 6, 33, 33, 2, 3, 1, 0));

  private DirectCases() {}

  public static void main(String[] args) {
    if (!Kernels.get().name().equals(args[0])) {
      throw new AssertionError("expected " + args[0] + ", got " + Kernels.get().name());
    }
    checkAll();
  }

  /** Throws an {@link AssertionError} if any algorithm gives wrong results for any geometry. */
  static void checkAll() {
    DENSE.forEach(DirectCases::dense);
    GROUPED.forEach(DirectCases::dense);
    FIRST.forEach(DirectCases::first);
    POOLED.forEach(DirectCases::pooled);
    ROWS.forEach(DirectCases::pooled);
    DEPTHWISE.forEach(DirectCases::depthwise);
  }

  static void dense(ConvShape shape) {
    for (int samples : new int[] {1, 9}) {
      new AlgorithmCase(shape, samples).check(new BlockedDirect(shape, samples));
    }
  }

  static void first(ConvShape shape) {
    for (int samples : new int[] {1, 9}) {
      new AlgorithmCase(shape, samples).check(new FewChannels(shape, samples, true));
      new AlgorithmCase(shape, samples).check(new FewChannels(shape, samples, false));
    }
  }

  static void pooled(ConvShape shape) {
    for (int samples : new int[] {1, 9}) {
      new PooledCase(shape, samples).check();
    }
  }

  static void depthwise(ConvShape shape) {
    for (int samples : new int[] {1, 9}) {
      new AlgorithmCase(shape, samples).check(new Depthwise(shape, samples));
    }
  }
}
