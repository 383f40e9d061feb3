package dev.fovea.train;

import static dev.fovea.layers.Activation.RELU;
import static dev.fovea.layers.Activation.SOFTMAX;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.Parameter;
import dev.fovea.core.kernels.Parallel;
import dev.fovea.data.Dataset;
import dev.fovea.data.Digits;
import dev.fovea.layers.BatchNormalization;
import dev.fovea.layers.Conv2D;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Dropout;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.Layer;
import dev.fovea.layers.MaxPooling2D;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Adam;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** The same seed gives the same bits: for any number of threads, in every run, whether the JIT has compiled or not. */
class DeterminismTest {
  @Test
  void threads() {
    int threads = Parallel.threads();
    List<String> alone;
    try {
      Parallel.limit(1);
      alone = epoch();
    } finally {
      Parallel.limit(threads);
    }
    assertThat(epoch()).isEqualTo(alone);
  }

  /**
   * A Java machine that interprets every instruction takes the same steps as this one, which has compiled them by
   * now.
   */
  @Test
  void interpreted() throws Exception {
    List<String> here = steps();
    for (int i = 0; i < 20; i++) {
      assertThat(steps()).isEqualTo(here);
    }
    assertThat(inChild("-Xint")).isEqualTo(here);
  }

  private static List<String> inChild(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.contains("jdk.incubator.vector") || argument.startsWith("-Dfovea.")).toList());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), DeterminismTest.class.getName()));
    Process child = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (var out = child.getInputStream()) {
      List<String> lines = new String(out.readAllBytes(), StandardCharsets.UTF_8).lines()
          .filter(line -> line.startsWith("= ")).map(line -> line.substring(2)).toList();
      assertThat(child.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(child.exitValue()).isZero();
      return lines;
    }
  }

  /** What the child runs. */
  public static void main(String[] arguments) {
    steps().forEach(line -> System.out.println("= " + line));
  }

  private static List<String> epoch() {
    return train(Digits.generate(160, 1), 8, Conv2D.of(5, 3), BatchNormalization.of(), RELU, MaxPooling2D.of(2),
        Conv2D.of(6, 3).withActivation(RELU), MaxPooling2D.of(2),
        Flatten.of(), Dropout.of(0.25), Dense.of(10).withActivation(SOFTMAX));
  }

  private static List<String> steps() {
    return train(Pictures.generate(15, 1), 5, Conv2D.of(5, 3), BatchNormalization.of(), RELU, MaxPooling2D.of(2),
        Flatten.of(), Dropout.of(0.25), Dense.of(3).withActivation(SOFTMAX));
  }

  private static List<String> train(Dataset data, int batchSize, Layer... layers) {
    Sequential model = Sequential.of(data.sampleShape(), 1, layers);
    Trainer trainer = Trainer.of(model, Adam.of(0.01), Loss.sparseCategoricalCrossEntropy());
    History history = trainer.fit(data, Fit.epochs(1).batchSize(batchSize).seed(7L).quietly());
    List<String> bits = new ArrayList<>();
    bits.add("loss " + Double.toHexString(history.last().loss()));
    for (Parameter parameter : model.parameters()) {
      bits.add(parameter.name() + " " + checksum(parameter.toArray()));
    }
    return bits;
  }

  private static String checksum(float[] values) {
    CRC32 checksum = new CRC32();
    for (float value : values) {
      int bits = Float.floatToRawIntBits(value);
      checksum.update(new byte[] {(byte) bits, (byte) (bits >> 8), (byte) (bits >> 16), (byte) (bits >> 24)});
    }
    return HexFormat.of().toHexDigits((int) checksum.getValue());
  }
}
