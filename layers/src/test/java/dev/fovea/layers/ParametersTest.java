package dev.fovea.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Parameter;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Parameters by name, their specs, and what a pass proposes. */
class ParametersTest {
  private static final List<ParameterSpec> SPECS = List.of(
      ParameterSpec.of("weight", Shape.of(2), Initializer.ONES),
      ParameterSpec.statistic("mean", Shape.of(1), Initializer.ZEROS).in("body"));

  @Test
  void areFoundByShortNamesInTheirScope() {
    Parameters parameters = Parameters.of(SPECS, 1);
    assertThat(parameters.get("weight").toArray()).containsExactly(1, 1);
    assertThat(parameters.scope("body").get("mean").name()).isEqualTo("body.mean");
    assertThat(parameters.scope("body").get("mean").trainable()).isFalse();
    assertThat(parameters.has("weight")).isTrue();
    assertThat(parameters.has("mean")).isFalse();
    assertThat(parameters.list()).extracting(Parameter::name).containsExactly("weight", "body.mean");
    assertThat(parameters.scope("body").list()).extracting(Parameter::name).containsExactly("body.mean");
    assertThat(parameters.get("weight")).isSameAs(parameters.get("weight"));
    assertThat(Parameters.symbolic(SPECS).get("weight").hasData()).isFalse();
  }

  @Test
  void refuseNamesThatAreNotThere() {
    Parameters parameters = Parameters.of(SPECS, 1);
    assertThatThrownBy(() -> parameters.get("wieght")).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("parameters: expected one of [weight, body.mean], got \"wieght\"");
    assertThatThrownBy(() -> parameters.scope("body").get("weight"))
        .hasMessage("body: expected one of [mean], got \"weight\"");
    assertThatThrownBy(() -> Parameters.of(List.of(SPECS.get(0), SPECS.get(0)), 1))
        .hasMessage("parameters: two of the name weight");
    assertThatThrownBy(() -> ParameterSpec.of(" ", Shape.of(1), Initializer.ONES))
        .hasMessage("parameter: expected a name, got \" \"");
    assertThatThrownBy(() -> ParameterSpec.of("w", null, null))
        .hasMessage("parameter w: expected a shape and an initializer, got null and null");
  }

  @Test
  void passesCollectProposals() {
    Parameter mean = Parameter.of("mean", Shape.of(2), new float[2], false);
    Pass pass = Pass.training(new RandomSource(1));
    pass.update(mean, Tensor.vector(1, 2));
    assertThat(pass.isTraining()).isTrue();
    assertThat(pass.updates()).extracting(Pass.Update::parameter).containsExactly(mean);
    assertThat(mean.toArray()).containsExactly(0, 0);
    pass.commit();
    assertThat(mean.toArray()).containsExactly(1, 2);
  }

  @Test
  void passesRefuse() {
    Parameter mean = Parameter.of("mean", Shape.of(2), new float[2], false);
    assertThatThrownBy(() -> Pass.training(new RandomSource(1)).update(mean, Tensor.vector(1)))
        .isInstanceOf(ShapeException.class).hasMessage("update of mean: expected [2], got [1]");
    assertThatThrownBy(() -> Pass.inference().update(mean, Tensor.vector(1, 2)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("pass: inference changes nothing, got an update of mean");
    assertThatThrownBy(() -> Pass.inference().random()).isInstanceOf(IllegalStateException.class)
        .hasMessage("pass: inference has no random source; ask isTraining() first");
    assertThatThrownBy(() -> Pass.training(null)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pass: training expects a random source, got null");
  }
}
