package dev.fovea.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkloadRunTest {
  private static final StepTimer SHORT = new StepTimer(0, 0, System::nanoTime);
  private static final String NUMBER = "\\d[\\d.e+-]*";

  @Test
  void printsALineForEachMetric() throws IOException {
    assertThat(run("lenet5")).allMatch(line -> line.matches("ours lenet5 \\w+ " + NUMBER))
        .extracting(line -> line.split(" ")[2]).startsWith("params", "train_b64_ips", "train_b64_last_loss");
    assertThat(run("lenet5")).contains("ours lenet5 params 61706.0");
  }

  @Test
  void measuresInferenceOfManyAndOfOne() throws IOException {
    List<String> metrics = new ArrayList<>(List.of("params", "train_b32_ips", "train_b32_last_loss", "params",
        "train_b128_ips", "train_b128_last_loss", "infer_b128_ips", "infer_b1_us"));
    if (Files.exists(Path.of("/proc/self/status"))) {
      metrics.add("peak_rss_mb");
    }
    assertThat(run("keras-mnist")).extracting(line -> line.split(" ")[2]).containsExactlyElementsOf(metrics);
  }

  private static List<String> run(String workload) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      new WorkloadRun("ours", Workload.named(workload), SHORT, out).run();
    }
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
