package dev.fovea.examples.lessons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.core.Parameter;
import dev.fovea.core.Tape;
import dev.fovea.core.Tensor;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BackpropLessonTest {
  private final SmallNetwork network = new SmallNetwork();
  private List<Tensor> computed;

  @BeforeEach
  void computeAndGoBack() {
    Tensor loss = network.loss();
    loss.backward();
    computed = Tape.order(loss);
  }

  private Tensor slope(int operation) {
    return computed.get(operation).gradient();
  }

  @Test
  void sixOperations() {
    assertThat(computed.stream().map(output -> output.op().name())).containsExactly(
        "conv2d", "relu", "max_pool2d", "flatten", "dense", "cross_entropy_from_logits");
    assertThat(computed).allSatisfy(output -> assertThat(Formula.of(output.op())).isNotNull());
    assertThat(network.parameters().stream().mapToInt(parameter -> parameter.shape().size()).sum()).isEqualTo(47);
  }

  /** Everywhere, not only where it is shown. */
  @Test
  void everySlopeIsWhatTheLossSays() {
    for (Tensor output : computed) {
      for (Tensor input : output.inputs()) {
        if (input.wantsGrad()) {
          float[] before = input.toArray();
          Tensor difference = BackpropLesson.slopes(computed, input);
          assertThat(FiniteDifference.furthest(input.gradient(), difference)).isLessThan(1e-4);
          assertThat(input.toArray()).as("as it was").isEqualTo(before);
        }
      }
    }
    assertThat(computed.get(5).item()).as("computed again").isEqualTo(network.loss().item());
  }

  /** The formulas as they are printed, done with loops. */
  @Test
  void formulaOfTheConvolution() {
    Tensor dy = slope(0);
    Tensor x = network.picture;
    double[] pixels = new double[36];
    for (int o = 0; o < 2; o++) {
      double sum = 0;
      for (int u = 0; u < 3; u++) {
        for (int v = 0; v < 3; v++) {
          double weight = 0;
          for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
              weight += dy.get(0, o, i, j) * x.get(0, 0, i + u, j + v);
              pixels[(i + u) * 6 + j + v] += dy.get(0, o, i, j) * network.kernels.get(o, 0, u, v);
              sum += u + v == 0 ? dy.get(0, o, i, j) : 0;
            }
          }
          assertThat(network.kernels.gradient().get(o, 0, u, v)).isEqualTo((float) weight, within(1e-5f));
        }
      }
      assertThat(network.kernelBias.gradient().get(o)).isEqualTo((float) sum, within(1e-5f));
    }
    for (int pixel = 0; pixel < 36; pixel++) {
      assertThat(x.gradient().data()[pixel]).isEqualTo((float) pixels[pixel], within(1e-5f));
    }
  }

  @Test
  void formulasOfTheOthers() {
    for (int i = 0; i < 32; i++) {
      boolean positive = computed.get(0).data()[i] > 0;
      assertThat(slope(0).data()[i]).isEqualTo(positive ? slope(1).data()[i] : 0);
    }
    for (int c = 0; c < 2; c++) {
      for (int h = 0; h < 4; h++) {
        for (int w = 0; w < 4; w++) {
          boolean largest = computed.get(1).get(0, c, h, w) == computed.get(2).get(0, c, h / 2, w / 2);
          assertThat(slope(1).get(0, c, h, w)).isEqualTo(largest ? slope(2).get(0, c, h / 2, w / 2) : 0);
          assertThat(slope(2).get(0, c, h / 2, w / 2)).isEqualTo(slope(3).get(0, (c * 2 + h / 2) * 2 + w / 2));
        }
      }
    }
    double exponentials = 0;
    for (int k = 0; k < 3; k++) {
      exponentials += Math.exp(computed.get(4).get(0, k));
    }
    for (int k = 0; k < 3; k++) {
      double p = Math.exp(computed.get(4).get(0, k)) / exponentials;
      assertThat(slope(4).get(0, k)).isEqualTo((float) (p - (k == SmallNetwork.LABEL ? 1 : 0)), within(1e-6f));
      assertThat(network.bias.gradient().get(k)).isEqualTo(slope(4).get(0, k));
    }
    for (int i = 0; i < 8; i++) {
      double sum = 0;
      for (int k = 0; k < 3; k++) {
        float weight = slope(4).get(0, k) * computed.get(3).get(0, i);
        assertThat(network.weight.gradient().get(k, i)).isEqualTo(weight, within(1e-6f));
        sum += slope(4).get(0, k) * network.weight.get(k, i);
      }
      assertThat(slope(3).get(0, i)).isEqualTo((float) sum, within(1e-6f));
    }
  }

  @Test
  void theStepIsShownInFull() {
    Shown shown = Shown.of(new BackpropLesson());
    Parameter weight = network.kernels;
    assertThat(weight.get(1, 0, 0, 1)).isEqualTo(0.7277f, within(5e-5f));
    assertThat(weight.gradient().get(1, 0, 0, 1)).isEqualTo(0.7160f, within(5e-5f));
    assertThat(shown.text()).contains("""
        \s slope = (0.4507) * 0.9
                + (-0.0563) * 1.0
                + (0.4074) * 0.9
                = 0.7160

          w - rate * slope = 0.7277 - 0.05 * (0.7160) = 0.6919
        """, """
        loss before  expected after  loss after
        -----------  --------------  ----------
             1.5101          1.1384      1.1939
        """);
  }

  @Test
  void eachOperationFromLastToFirst() {
    String text = Shown.of(new BackpropLesson()).text();
    assertThat(text.substring(text.indexOf("\nBackward\n")))
        .containsSubsequence("\ncross_entropy_from_logits\n---", "It received []\n  1.0000\n",
            "\ndense\n---", "\nflatten\n---", "\nmax_pool2d\n---", "\nrelu\n---", "\nconv2d\n---", "\nThe step\n");
    assertThat(text).contains("""
        dense.weight            24  [0,4]      -1.1743     -1.1743    0.0000
        """);
  }
}
