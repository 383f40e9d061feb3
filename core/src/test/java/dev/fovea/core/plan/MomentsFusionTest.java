package dev.fovea.core.plan;

import static dev.fovea.core.plan.Graphs.parameter;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.Parameter;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;
import java.util.List;
import org.junit.jupiter.api.Test;

class MomentsFusionTest {
  private final Parameter weight = parameter("weight", 1, 3);
  private final Parameter bias = parameter("bias", 2, 3);
  private final Tensor x = Tensor.symbolic(Shape.of(2, 3, 4, 4)).withGrad();

  private static Recording fused(Tensor x, Tensor loss) {
    return MomentsFusion.apply(Recording.of(List.of(x), loss, List.of()));
  }

  @Test
  void byItsOwnMomentsTheMomentsHaveNoWayBack() {
    Tensor y = Ops.batchNormalization(x, Ops.moments(x), weight, bias, 1e-3);
    Recording recording = fused(x, Ops.sum(y));
    assertThat(Graphs.names(recording)).containsExactly("moments", "batch_normalization", "sum");
    assertThat(recording.steps().get(1).reason()).isEqualTo("gradient through its own moments");
    assertThat(recording.differentiated()).containsExactly(false, true, true);
  }

  @Test
  void byMomentsOfSomethingElseTheyHave() {
    Tensor y = Ops.batchNormalization(x, Ops.moments(Ops.scale(x, 2)), weight, bias, 1e-3);
    assertThat(fused(x, Ops.sum(y)).differentiated()).containsExactly(true, true, true, true);
  }
}
