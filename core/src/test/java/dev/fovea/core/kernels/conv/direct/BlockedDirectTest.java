package dev.fovea.core.kernels.conv.direct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.kernels.ConvShape;
import dev.fovea.core.kernels.Parallel;
import dev.fovea.core.kernels.conv.Region;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BlockedDirectTest {
  @AfterEach
  void allThreads() {
    Parallel.limit(Integer.MAX_VALUE);
  }

  static Stream<ConvShape> shapes() {
    return Stream.concat(DirectCases.DENSE.stream(), DirectCases.GROUPED.stream());
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void valueAndGradients(ConvShape shape) {
    DirectCases.dense(shape);
  }

  @Test
  void threadsDoNotChangeABit() {
    ConvShape shape = AlgorithmCase.square(20, 13, 40, 1, 3, 2, 1, 1);
    AlgorithmCase problem = new AlgorithmCase(shape, 9);
    AlgorithmCase.Result many = problem.run(new BlockedDirect(shape, 9), true, false);
    Parallel.limit(1);
    AlgorithmCase.Result one = problem.run(new BlockedDirect(shape, 9), true, false);
    assertThat(one).usingRecursiveComparison().isEqualTo(many);
  }

  /** Pooling by 2 needs both rows of a pair. */
  @ParameterizedTest
  @MethodSource("shapes")
  void regionsCoverEveryRowOnceAndPairsOfRowsStayTogether(ConvShape shape) {
    for (int samples : new int[] {1, 2, 40}) {
      int[] seen = new int[samples * shape.outHeight()];
      for (Region region : new BlockedDirect(shape, samples).regions()) {
        assertThat(region.firstRow() % 2).isZero();
        assertThat(region.samples() == 1 || region.rows() == shape.outHeight()).isTrue();
        for (int i = 0; i < region.samples() * region.rows(); i++) {
          int sample = region.firstSample() + i / region.rows();
          seen[sample * shape.outHeight() + region.firstRow() + i % region.rows()]++;
        }
      }
      assertThat(seen).containsOnly(1);
    }
  }

  @Test
  void unitsAreWholeSamplesAndFew() {
    ConvShape shape = AlgorithmCase.square(16, 6, 16, 1, 3, 1, 1, 1);
    for (int samples : new int[] {1, 7, 8, 9, 100}) {
      BlockedDirect algorithm = new BlockedDirect(shape, samples);
      assertThat(algorithm.units()).hasSizeLessThanOrEqualTo(8);
      int next = 0;
      for (Region region : algorithm.units().stream().flatMap(unit -> unit.stream()).toList()) {
        assertThat(region.firstSample()).isEqualTo(next);
        assertThat(region.rows()).isEqualTo(shape.outHeight());
        next += region.samples();
      }
      assertThat(next).isEqualTo(samples);
    }
  }

  @Test
  void raisesToTheFloor() {
    ConvShape shape = AlgorithmCase.square(16, 5, 16, 1, 3, 1, 1, 1);
    AlgorithmCase problem = new AlgorithmCase(shape, 2);
    float[] plain = problem.run(new BlockedDirect(shape, 2), true, false).y();
    float[] floored = problem.floored(new BlockedDirect(shape, 2), 0.25f);
    for (int i = 0; i < plain.length; i++) {
      assertThat(floored[i]).isEqualTo(Math.max(plain[i], 0.25f));
    }
  }
}
