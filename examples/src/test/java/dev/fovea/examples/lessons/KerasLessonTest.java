package dev.fovea.examples.lessons;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.fovea.core.Parameter;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.layers.Model;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class KerasLessonTest {
  private static void counts(Model model, long total, long trainable, long nonTrainable) {
    assertThat(model.parameterCount()).isEqualTo(total);
    assertThat(model.trainableCount()).isEqualTo(trainable);
    assertThat(model.nonTrainableCount()).isEqualTo(nonTrainable);
  }

  private static long allocatedByThisThread() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  @Test
  void twoHeadsOnTheSameConvolutions() {
    counts(KerasModels.flattenHead(), 11_574_090, 11_573_898, 192);
    counts(KerasModels.averageHead(), 66_602, 66_410, 192);
    assertThat(KerasModels.flattenHead().summary()).endsWith("""
        Total params: 11,574,090 (44.15 MB)
        Trainable params: 11,573,898 (44.15 MB)
        Non-trainable params: 192 (768.00 B)""");
    assertThat(KerasModels.averageHead().summary()).endsWith("""
        Total params: 66,602 (260.16 KB)
        Trainable params: 66,410 (259.41 KB)
        Non-trainable params: 192 (768.00 B)""");
  }

  /** 138 million parameters are 553 MB; counting them and printing the table stays below 16. */
  @Test
  void vggIsCountedWithoutAllocating() {
    long before = allocatedByThisThread();
    counts(KerasModels.vggHead(), 123_642_856, 123_642_856, 0);
    counts(KerasModels.vgg16(), 138_357_544, 138_357_544, 0);
    assertThat(KerasModels.vggHead().summary()).contains("[N, 512, 7, 7]", "[N, 25088]", "Total params: 123,642,856 (");
    assertThat(KerasModels.vgg16().summary()).contains("Total params: 138,357,544 (527.79 MB)");
    assertThat(allocatedByThisThread() - before).isLessThan(16 << 20);
  }

  @Test
  void withoutFlatten() {
    counts(KerasModels.averagePooled(), 1_290, 1_290, 0);
    counts(KerasModels.maxPooled(), 33_541, 33_541, 0);
    counts(KerasModels.residualBlock(), 73_986, 73_986, 0);
    assertThat(KerasModels.residualBlock().summary())
        .containsPattern("add \\(Add\\) +\\[N, 64, 32, 32] +0  conv2d_1, conv2d\n");
  }

  @Test
  void withFlatten() {
    counts(KerasModels.mnistConvnet(), 225_034, 225_034, 0);
    assertThat(KerasModels.mnistConvnet().summary()).contains("[N, 1600]");
    counts(KerasModels.smallConvnet(), 54_410, 54_410, 0);
    counts(KerasModels.denseOnly(), 7_850, 7_850, 0);
    assertThat(KerasModels.denseOnly().inputShape()).isEqualTo(Shape.of(28, 28));
    Tensor batch = Tensor.zeros(Shape.of(32, 16, 8, 8));
    assertThat(KerasModels.flattenAlone().predict(batch).shape()).isEqualTo(Shape.of(32, 1024));
  }

  @Test
  void aStepChangesTheParameters() {
    for (KerasModels.Known known : KerasModels.trained()) {
      if (known.model().inputShape().elements() <= 28 * 28) {
        Map<Parameter, float[]> before = known.model().parameters().stream()
            .collect(Collectors.toMap(parameter -> parameter, Tensor::toArray));
        assertThat(KerasLesson.step(known).loss()).isPositive().isFinite();
        assertThat(before).as(known.name()).allSatisfy(
            (parameter, values) -> assertThat(parameter.toArray()).isNotEqualTo(values));
      }
    }
  }

  @Test
  void jsonKeepsEveryBit() throws IOException {
    Model model = KerasModels.denseOnly();
    Model loaded = KerasLesson.throughJson(model).model();
    assertThat(KerasLesson.same(model, loaded)).isTrue();
    loaded.parameter("dense.bias").data()[3] = 1;
    assertThat(KerasLesson.same(model, loaded)).isFalse();
    assertThat(KerasLesson.same(model, KerasModels.smallConvnet())).isFalse();
  }

  /** By the convnet, as it is shown, where it takes a few seconds; the scalar kernels have a smaller model. */
  @Test
  void sixtyThousandPredictionsUnderABar() {
    List<String> bars = new ArrayList<>();
    Page page = new Page("bar", new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), 80,
        LessonOptions.none(), (task, total) -> {
          bars.add(task + " " + total);
          return done -> bars.add(Long.toString(done));
        });
    boolean fast = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    Model model = fast ? KerasModels.mnistConvnet() : KerasModels.denseOnly();
    Tensor output = KerasLesson.predict(page, model, 60_000);
    assertThat(output.shape()).isEqualTo(Shape.of(60_000, 10));
    assertThat(bars).hasSize(1 + 235).startsWith("predicting 60000", "256", "512").endsWith("60000");
    Tensor last = model.predict(KerasLesson.pictures(model.inputShape(), 234 * 256, 96));
    for (int k = 0; k < 10; k++) {
      assertThat(output.get(59_999, k)).isEqualTo(last.get(95, k));
    }
  }

  @Test
  void shownInFull() {
    Shown shown = Shown.of(new KerasLesson(300));
    assertThat(shown.words()).contains("11,574,090 parameters against 66,602, 174 times as many.",
        "take 528 MB.", "89 % of VGG-16's parameters are in its head.", "[32, 16, 8, 8] becomes [32, 1024].",
        "the output is [300, 10].");
    assertThat(shown.text()).containsPattern("\nflatten head, 224x224 +11,574,090 .* to the bit\n")
        .containsPattern("\nGAP head, 224x224 +66,602 .* to the bit\n")
        .containsPattern("\nGAP, dense +1,290 .* to the bit\n")
        .containsPattern("\nGMP, two dense +33,541 .* to the bit\n")
        .containsPattern("\nresidual block, GAP +73,986 .* to the bit\n")
        .containsPattern("\nMNIST convnet +225,034 .* to the bit\n")
        .containsPattern("\nconv, pool, flatten, dense +54,410 .* to the bit\n")
        .containsPattern("\nflatten, dense +7,850 .* to the bit\n");
  }
}
