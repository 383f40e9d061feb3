package dev.fovea.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.fovea.core.Parameter;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.Parallel;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptimizerStateTest {
  private static final int LARGE = 50_001;
  private static final List<Optimizer> ALL = List.of(Sgd.of(0.1), Sgd.of(0.1).withMomentum(0.9),
      Adam.of(0.1).withAmsgrad(), AdamW.of(Schedule.cosine(0.1, 6, 0)),
      RmsProp.of(0.01).withCentered().withMomentum(0.5), NAdam.of(0.01), RAdam.of(0.01), Adamax.of(0.01),
      Adagrad.of(0.1), Adadelta.of(), Lion.of(0.01), Lamb.of(0.01));

  private static Parameter parameter(String name, float... values) {
    return Parameter.of(name, Shape.of(values.length), values.clone(), true);
  }

  private static float[] random(int size, long purpose) {
    return Tensor.normal(Shape.of(size), RandomSource.of(7, purpose)).toArray();
  }

  @Test
  void followsTheSchedule() {
    Parameter a = parameter("a", 0);
    OptimizerState state = OptimizerState.of(Sgd.of(Schedule.multiStep(4, 0.5, 1, 3)), List.of(a));
    float[] expected = {-4, -6, -8, -9};
    for (int step = 0; step < 4; step++) {
      assertThat(state.steps()).isEqualTo(step);
      assertThat(state.rate()).isEqualTo(state.optimizer().schedule().at(step));
      OptimizerContract.give(a, 1);
      state.step();
      assertThat(a.toArray()).as("after step %d", step).containsExactly(expected[step]);
    }
    assertThat(a.gradient().toArray()).as("the gradient stays").containsExactly(1);
  }

  /** Lowered by a half from the third step on, whatever the schedule says. */
  @Test
  void aFactorOnTheRate() {
    Parameter a = parameter("a", 0);
    OptimizerState state = OptimizerState.of(Sgd.of(Schedule.multiStep(4, 0.5, 1, 3)), List.of(a));
    float[] expected = {-4, -6, -7, -7.5f};
    for (int step = 0; step < 4; step++) {
      if (step == 2) {
        state.rateFactor(0.5);
      }
      OptimizerContract.give(a, 1);
      state.step();
      assertThat(a.toArray()).as("after step %d", step).containsExactly(expected[step]);
    }
    assertThat(state.rateFactor()).isEqualTo(0.5);
    assertThat(state.rate()).isEqualTo(0.5);
    state.restore(0, Map.of(), Map.of());
    assertThat(state.rate()).as("restored, the factor stays").isEqualTo(2);
    assertThatThrownBy(() -> state.rateFactor(-1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("optimizer state: rateFactor must be at least 0, got -1.0");
    assertThatThrownBy(() -> state.rateFactor(Double.NaN)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("optimizer state: rateFactor must be finite, got NaN");
  }

  @Test
  void sameBitsForAnyNumberOfThreads() {
    int threads = Parallel.threads();
    try {
      for (Optimizer optimizer : ALL) {
        Parallel.limit(1);
        float[] one = trained(optimizer);
        Parallel.limit(threads);
        assertThat(trained(optimizer)).as("%s", optimizer).isEqualTo(one);
      }
    } finally {
      Parallel.limit(threads);
    }
  }

  private static float[] trained(Optimizer optimizer) {
    Parameter large = parameter("large", random(LARGE, 0));
    OptimizerState state = OptimizerState.of(optimizer, List.of(large));
    for (int step = 1; step <= 3; step++) {
      OptimizerContract.give(large, random(LARGE, step));
      state.step();
    }
    return large.toArray();
  }

  /** Large and small, in one loop: as if each were alone. */
  @Test
  void parametersDoNotMix() {
    for (Optimizer optimizer : List.of(Adam.of(0.01), Lamb.of(0.01))) {
      parametersDoNotMix(optimizer);
    }
  }

  private static void parametersDoNotMix(Optimizer optimizer) {
    int[] sizes = {3, LARGE, 1, 1, 20_000, 8192, 5};
    List<Parameter> together = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      together.add(parameter("p" + i, random(sizes[i], i)));
    }
    OptimizerState state = OptimizerState.of(optimizer, together);
    for (int step = 1; step <= 3; step++) {
      for (Parameter each : together) {
        OptimizerContract.give(each, random(each.shape().size(), step));
      }
      state.step();
    }
    for (int i = 0; i < sizes.length; i++) {
      Parameter alone = parameter("alone", random(sizes[i], i));
      OptimizerState aloneState = OptimizerState.of(optimizer, List.of(alone));
      for (int step = 1; step <= 3; step++) {
        OptimizerContract.give(alone, random(sizes[i], step));
        aloneState.step();
      }
      assertThat(together.get(i).toArray()).as("%s, p%d of %d", optimizer, i, sizes[i]).isEqualTo(alone.toArray());
    }
  }

  @Test
  void anObserverSeesEveryElementBeforeAndAfter() {
    Parameter frozen = parameter("frozen", random(10_000, 0));
    Parameter trained = parameter("trained", random(LARGE, 1));
    frozen.freeze(true);
    OptimizerContract.give(trained, random(LARGE, 2));
    List<Parameter> parameters = List.of(frozen, trained);
    List<float[]> values = List.of(frozen.toArray(), trained.toArray());
    List<float[]> before = List.of(new float[10_000], new float[LARGE]);
    List<float[]> after = List.of(new float[10_000], new float[LARGE]);
    OptimizerState.of(Sgd.of(0.1), parameters).step(new OptimizerState.Observer() {
      @Override
      public void before(int parameter, int from, int to) {
        System.arraycopy(parameters.get(parameter).data(), from, before.get(parameter), from, to - from);
      }

      @Override
      public void after(int parameter, int from, int to) {
        System.arraycopy(parameters.get(parameter).data(), from, after.get(parameter), from, to - from);
      }
    });
    for (int i = 0; i < 2; i++) {
      assertThat(before.get(i)).isEqualTo(values.get(i));
      assertThat(after.get(i)).isEqualTo(parameters.get(i).toArray());
    }
    assertThat(after.get(0)).isEqualTo(before.get(0));
    assertThat(after.get(1)).isNotEqualTo(before.get(1));
  }

  @Test
  void skipsWhatIsFrozenOrNotTrainableOrHasNoGradient() {
    Parameter trained = parameter("trained", 1);
    Parameter frozen = parameter("frozen", 1);
    Parameter without = parameter("without", 1);
    Parameter statistics = Parameter.of("statistics", Shape.of(1), new float[] {1}, false);
    OptimizerState state =
        OptimizerState.of(Sgd.of(1).withMomentum(0.5), List.of(trained, frozen, without, statistics));
    OptimizerContract.give(trained, 1);
    OptimizerContract.give(frozen, 1);
    OptimizerContract.give(statistics, 1);
    state.step();
    frozen.freeze(true);
    state.step();
    assertThat(state.steps()).isEqualTo(2);
    assertThat(trained.toArray()).containsExactly(-1.5f);
    assertThat(frozen.toArray()).containsExactly(0);
    assertThat(without.toArray()).containsExactly(1);
    assertThat(statistics.toArray()).containsExactly(1);
    assertThat(state.updates()).containsExactly(Map.entry("trained", 2L), Map.entry("frozen", 1L));
    assertThat(state.arrays().keySet()).containsExactly("trained/0", "frozen/0");
    assertThat(state.arrays().get("frozen/0")).containsExactly(1);
    frozen.freeze(false);
    state.step();
    assertThat(frozen.toArray()).as("goes on with the momentum it had").containsExactly(-1.5f);
  }

  /** Were the bias corrections those of step 101, the first update would be three times too long. */
  @Test
  void aParameterUnfrozenLateStartsWithAFirstUpdate() {
    Parameter early = parameter("early", 0);
    Parameter late = parameter("late", 0);
    OptimizerState state = OptimizerState.of(Adam.of(0.1), List.of(early, late));
    OptimizerContract.give(early, 2);
    OptimizerContract.give(late, 2);
    late.freeze(true);
    state.step();
    float first = early.get(0);
    for (int step = 0; step < 99; step++) {
      state.step();
    }
    late.freeze(false);
    state.step();
    assertThat(late.get(0)).isEqualTo(first).isNotZero();
  }

  @Test
  void goesByTheShapeWhereArraysAreLonger() {
    Parameter a = parameter("a", 1, 1);
    float[] weights = {1, 1, 5};
    float[] gradient = {1, 2, 7};
    a.bind(weights);
    a.bindGrad(gradient);
    OptimizerState state = OptimizerState.of(Sgd.of(1).withMomentum(0.5), List.of(a));
    state.step();
    assertThat(weights).as("no gradient as yet").containsExactly(1, 1, 5);
    a.claimGrad();
    state.step();
    assertThat(weights).containsExactly(0, -1, 5);
    assertThat(state.arrays().get("a/0")).containsExactly(1, 2);
  }

  @Test
  void makesNoArraysAfterTheFirstStep() {
    Parameter large = parameter("large", random(LARGE, 0));
    OptimizerContract.give(large, random(LARGE, 1));
    OptimizerState state = OptimizerState.of(Adam.of(0.01), List.of(large));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    state.step();
    long before = threads.getThreadAllocatedBytes(self);
    for (int step = 0; step < 100; step++) {
      state.step();
    }
    assertThat(threads.getThreadAllocatedBytes(self) - before).as("bytes in 100 steps").isLessThan(4L * LARGE);
  }

  @Test
  void goesOnBitForBit() {
    for (Optimizer optimizer : ALL) {
      Parameter weight = parameter("weight", random(50, 0));
      Parameter untouched = parameter("untouched", 1);
      OptimizerState state = OptimizerState.of(optimizer, List.of(weight, untouched));
      run(state, weight, 0, 3);
      Parameter copy = parameter("weight", weight.toArray());
      OptimizerState restored = OptimizerState.of(optimizer, List.of(copy, parameter("untouched", 1)));
      restored.restore(state.steps(), state.updates(), state.arrays());
      run(state, weight, 3, 6);
      run(restored, copy, 3, 6);
      assertThat(copy.toArray()).as("%s", optimizer).isEqualTo(weight.toArray());
      assertThat(restored.steps()).isEqualTo(6);
      assertThat(restored.updates()).isEqualTo(state.updates()).containsExactly(Map.entry("weight", 6L));
    }
  }

  private static void run(OptimizerState state, Parameter parameter, int from, int to) {
    for (int step = from; step < to; step++) {
      OptimizerContract.give(parameter, random(50, step + 1));
      state.step();
    }
  }

  @Test
  void restoringForgetsWhatWasThere() {
    Parameter a = parameter("a", 1);
    OptimizerState state = OptimizerState.of(Adam.of(1), List.of(a));
    OptimizerContract.give(a, 1);
    state.step();
    state.restore(0, Map.of(), Map.of());
    assertThat(state.steps()).isZero();
    assertThat(state.updates()).isEmpty();
    assertThat(state.arrays()).isEmpty();
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> OptimizerState.of(Sgd.of(1), List.of(parameter("a", 1), parameter("a", 2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("optimizer state: the parameters' names must differ, got a twice");
  }

  @Test
  void refusesWhatDoesNotFitAllAtOnce() {
    Parameter a = parameter("a", 1, 2);
    OptimizerState state = OptimizerState.of(Adam.of(0.5), List.of(a, parameter("b", 1)));
    OptimizerContract.give(a, 1, 1);
    state.step();
    Map<String, Long> updates = new LinkedHashMap<>();
    updates.put("a", 9L);
    updates.put("z", 1L);
    Map<String, float[]> arrays = new LinkedHashMap<>();
    arrays.put("a/0", new float[3]);
    arrays.put("b/0", new float[1]);
    assertThatThrownBy(() -> state.restore(5, updates, arrays)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("optimizer state: what was kept does not fit Adam.of(0.5): a must have 1 to 5 updates, got 9; "
            + "a/0 must have 2 values, got 3; a/1 is missing; z is no parameter here; "
            + "b/0 belongs to no updated parameter");
    assertThatThrownBy(() -> state.restore(-1, Map.of(), Map.of())).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("optimizer state: what was kept does not fit Adam.of(0.5): steps must be at least 0, got -1");
    assertThat(state.steps()).as("nothing has changed").isEqualTo(1);
    assertThat(state.arrays()).hasSize(2);
  }
}
