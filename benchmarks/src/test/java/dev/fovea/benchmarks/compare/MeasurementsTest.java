package dev.fovea.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MeasurementsTest {
  private static final Metric RATE = Metric.parse("train_b32_ips").orElseThrow();
  private static final Metric LATENCY = Metric.parse("infer_b1_us").orElseThrow();

  private final Measurements measurements = new Measurements();

  @BeforeEach
  void measure() {
    add(1, "ours w train_b32_ips 300", "slow w train_b32_ips 50", "fast w train_b32_ips 100", "ours w infer_b1_us 80",
        "fast w infer_b1_us 160", "slow w infer_b1_us 120", "ours w train_b32_last_loss 2.3");
    add(2, "ours w train_b32_ips 330", "fast w train_b32_ips 150", "fast w train_b32_ips 110");
    add(3, "ours w train_b32_ips 310", "fast w train_b32_ips 124");
  }

  private void add(int round, String... lines) {
    for (String line : lines) {
      measurements.add(round, RawLine.parse(line).orElseThrow());
    }
  }

  @Test
  void keepsWhatTablesShow() {
    assertThat(measurements.who("w")).containsExactly("ours", "slow", "fast");
    assertThat(measurements.metrics("w")).containsExactly(RATE, LATENCY);
    assertThat(measurements.who("other")).isEmpty();
  }

  @Test
  void lastLineOfARoundCounts() {
    assertThat(measurements.spread("fast", "w", RATE)).contains(new Spread(110, 100, 124));
    assertThat(measurements.spread("nobody", "w", RATE)).isEmpty();
  }

  @Test
  void moreImagesAreBetterAndFewerMicroseconds() {
    assertThat(measurements.best(List.of("slow", "fast", "nobody"), "w", RATE)).contains("fast");
    assertThat(measurements.best(List.of("slow", "fast"), "w", LATENCY)).contains("slow");
    assertThat(measurements.best(List.of("nobody"), "w", RATE)).isEmpty();
  }

  /** Rounds: 3, 3, 2.5. */
  @Test
  void ratioIsThatOfTheMediansAndTheRoundsSpan() {
    assertThat(measurements.ratio("ours", "fast", "w", RATE)).contains(new Spread(310 / 110.0, 2.5, 3));
    assertThat(measurements.ratio("ours", "slow", "w", LATENCY)).contains(new Spread(1.5, 1.5, 1.5));
    assertThat(measurements.ratio("ours", "nobody", "w", RATE)).isEmpty();
  }

  @Test
  void medianOfAnEvenNumberLiesBetween() {
    assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(new Spread(2.5, 1, 4));
    assertThatThrownBy(() -> Spread.of(List.of())).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("spread: expected at least one value, got none");
  }

  @Test
  void spreadsPrintTheirRange() {
    assertThat(new Spread(6498.4, 6120, 6611)).hasToString("6498 (6120 - 6611)");
    assertThat(new Spread(25.24, 25.2, 25.249)).hasToString("25.2");
    assertThat(new Spread(1.066, 0.999, 99.96)).hasToString("1.07 (1.00 - 100)");
  }

  @Test
  void metricsSayWhatTheyAre() {
    assertThat(RATE.label()).isEqualTo("training, batch 32, images/s");
    assertThat(LATENCY.label()).isEqualTo("inference of one image, µs");
    assertThat(Metric.parse("infer_b128_ips").orElseThrow().label()).isEqualTo("inference, batch 128, images/s");
    assertThat(Metric.parse("peak_rss_mb").orElseThrow().label()).isEqualTo("peak resident set, MiB");
    assertThat(Metric.parse("params")).isEmpty();
  }
}
