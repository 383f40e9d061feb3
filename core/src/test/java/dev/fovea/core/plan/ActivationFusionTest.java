package dev.fovea.core.plan;

import static dev.fovea.core.plan.Graphs.names;
import static dev.fovea.core.plan.Graphs.parameter;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.Parameter;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.EndsInActivation;
import dev.fovea.core.ops.Ops;
import dev.fovea.core.ops.Window2D;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActivationFusionTest {
  private final Parameter filters = parameter("conv2d.weight", 1, 3, 2, 3, 3);
  private final Parameter weight = parameter("dense.weight", 2, 5, 3);
  private final Tensor x = Tensor.symbolic(Shape.of(2, 2, 6, 6));

  private static Recording fused(Tensor x, Tensor... ends) {
    return ActivationFusion.apply(Recording.of(List.of(x), null, List.of(ends)));
  }

  @Test
  void aConvolutionAndAProductTakeTheActivationBehindThem() {
    Tensor h = Ops.relu(Ops.conv2d(x, filters, null, Window2D.of(3)));
    Tensor y = Ops.sigmoid(Ops.dense(Ops.globalAveragePool(h), weight, null));
    Recording recording = fused(x, y);
    assertThat(names(recording)).containsExactly("conv2d", "global_average_pool", "dense");
    assertThat(recording.steps().get(0).reason()).isEqualTo("with relu");
    assertThat(recording.steps().get(0).output()).isSameAs(h);
    assertThat(((EndsInActivation) recording.steps().get(2).op()).endsInActivation()).isTrue();
  }

  @Test
  void notWhereSomebodyElseReadsWhatComesBefore() {
    Tensor z = Ops.conv2d(x, filters, null, Window2D.of(3));
    assertThat(names(fused(x, Ops.add(z, Ops.relu(z))))).containsExactly("conv2d", "relu", "add");
    assertThat(names(fused(x, z, Ops.relu(z)))).as("the user reads z").containsExactly("conv2d", "relu");
  }

  @Test
  void notWhereTheSlopeNeedsWhatComesBeforeNorASecondActivation() {
    Tensor z = Ops.conv2d(x, filters, null, Window2D.of(3));
    assertThat(names(fused(x, Ops.gelu(z)))).containsExactly("conv2d", "gelu");
    Tensor other = Ops.conv2d(x, filters, null, Window2D.of(3));
    assertThat(names(fused(x, Ops.tanh(Ops.relu(other))))).containsExactly("conv2d", "tanh");
  }
}
