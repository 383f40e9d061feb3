package dev.fovea.core.ops;

import dev.fovea.core.Shape;
import dev.fovea.core.kernels.Kernels;
import dev.fovea.core.kernels.Parallel;
import java.util.ArrayList;
import java.util.List;

/**
 * Sums over some of the axes of a shape, and the way back: values spread over the axes that were summed.
 *
 * <p>Neighbouring axes of one kind (summed or kept) count as one. Each group of summed axes is then one step or
 * several, the last group first: a step turns [outer, length, inner] into [outer, length / block, inner] by summing
 * blocks. So a sum is a tree with wide nodes: no partial sum runs over more than a few hundred additions in float32,
 * which keeps sums over millions of elements accurate, and blocks are shared out to threads in a way fixed by the shape
 * alone.
 */
final class Reduction {
  /** Rows that are added up one after the other. */
  private static final int ROWS = 32;
  /** Elements side by side that one thread sums. */
  private static final int RUN = 1 << 14;
  /** Elements side by side that are summed in float32; the sums of these are added in double. */
  private static final int FLOAT_RUN = 1 << 8;
  /** From here on a kernel is worth its call. */
  private static final int SHORT_RUN = 16;

  private final List<Step> steps = new ArrayList<>();
  private final float[][] partial;

  /** Sums over the axes where {@code reduced} is true. */
  Reduction(Shape shape, boolean[] reduced) {
    List<Integer> lengths = new ArrayList<>();
    List<Boolean> kinds = new ArrayList<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      int last = kinds.size() - 1;
      if (shape.dim(axis) == 1) {
        continue;
      }
      if (last >= 0 && kinds.get(last) == reduced[axis]) {
        lengths.set(last, lengths.get(last) * shape.dim(axis));
      } else {
        lengths.add(shape.dim(axis));
        kinds.add(reduced[axis]);
      }
    }
    int inner = 1;
    for (int group = lengths.size() - 1; group >= 0; group--) {
      if (kinds.get(group)) {
        int outer = lengths.subList(0, group).stream().reduce(1, (a, b) -> a * b);
        addSteps(outer, lengths.get(group), inner);
      } else {
        inner *= lengths.get(group);
      }
    }
    if (steps.isEmpty()) {
      steps.add(new Step(1, 1, inner, 1));
    }
    partial = new float[steps.size() - 1][];
  }

  private void addSteps(int outer, int length, int inner) {
    int left = length;
    do {
      Step step = new Step(outer, left, inner, Math.min(left, inner == 1 ? RUN : ROWS));
      steps.add(step);
      left = step.blocks();
    } while (left > 1);
  }

  /** Bytes of the partial sums, which are kept from run to run. */
  long scratchBytes() {
    return steps.subList(0, steps.size() - 1).stream().mapToLong(step -> (long) Float.BYTES * step.results()).sum();
  }

  /** y (+)= scale * the sums of x. */
  void sum(float scale, float[] x, float[] y, boolean add) {
    run(x, null, scale, y, add);
  }

  /** y (+)= the sums of x * factor, element by element. */
  void sumOfProducts(float[] x, float[] factor, float[] y, boolean add) {
    run(x, factor, 1f, y, add);
  }

  private void run(float[] x, float[] factor, float scale, float[] y, boolean add) {
    float[] from = x;
    for (int i = 0; i < partial.length; i++) {
      if (partial[i] == null) {
        partial[i] = new float[steps.get(i).results()];
      }
      steps.get(i).run(from, i == 0 ? factor : null, 1f, partial[i], false);
      from = partial[i];
    }
    steps.get(partial.length).run(from, partial.length == 0 ? factor : null, scale, y, add);
  }

  /** Sums blocks of the middle axis of [outer, length, inner]; the last block may be shorter. */
  private record Step(int outer, int length, int inner, int block) {
    int blocks() {
      return (length + block - 1) / block;
    }

    int results() {
      return outer * blocks() * inner;
    }

    void run(float[] x, float[] factor, float scale, float[] y, boolean add) {
      if (inner == 1) {
        Parallel.ranges(outer * blocks(), Math.max(1, RUN / block), (from, to) -> {
          for (int i = from; i < to; i++) {
            int first = i % blocks() * block;
            float sum = scale * total(Math.min(block, length - first), x, factor, i / blocks() * length + first);
            y[i] = add ? y[i] + sum : sum;
          }
        });
        return;
      }
      int width = Math.min(inner, Math.max(1, RUN / block));
      int pieces = (inner + width - 1) / width;
      Parallel.ranges(outer * blocks() * pieces, Math.max(1, RUN / (width * block)), (from, to) -> {
        for (int i = from; i < to; i++) {
          rows(i / pieces, i % pieces * width, width, x, factor, scale, y, add);
        }
      });
    }

    private void rows(int result, int column, int width,
        float[] x, float[] factor, float scale, float[] y, boolean add) {
      int n = Math.min(width, inner - column);
      int first = result % blocks() * block;
      int end = Math.min(length, first + block);
      int row = (result / blocks() * length + first) * inner + column;
      int to = result * inner + column;
      for (int i = first; i < end; i++) {
        if (factor == null) {
          Kernels.get().scale(n, scale, x, row, y, to, add || i > first);
        } else {
          Kernels.get().multiply(n, x, row, factor, row, y, to, add || i > first);
        }
        row += inner;
      }
    }

    private static float total(int n, float[] x, float[] factor, int offset) {
      double sum = 0;
      if (n < SHORT_RUN) {
        for (int i = offset; i < offset + n; i++) {
          sum += factor == null ? x[i] : (double) x[i] * factor[i];
        }
        return (float) sum;
      }
      for (int done = 0; done < n; done += FLOAT_RUN) {
        int run = Math.min(FLOAT_RUN, n - done);
        sum += factor == null ? Kernels.get().sum(run, x, offset + done)
            : Kernels.get().dot(run, x, offset + done, factor, offset + done);
      }
      return (float) sum;
    }
  }
}
