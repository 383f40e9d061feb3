package dev.fovea.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawLineTest {
  @Test
  void readsNameWorkloadMetricAndValue() {
    assertThat(RawLine.parse("torch-py-cl-2t+malloc keras-mnist train_b32_ips 6498.46"))
        .contains(new RawLine("torch-py-cl-2t+malloc", "keras-mnist", "train_b32_ips", 6498.46));
    assertThat(RawLine.parse("djl flatten-224 params 1.15739e+07"))
        .contains(new RawLine("djl", "flatten-224", "params", 11_573_900));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "dl4j gap-224 failed rc=124", "| djl | 3413 | 3706 |",
      "deepnetts gap-224 not run: layers", "# building djl", "a b c 1.2.3", "a b c NaN", "a b c"})
  void takesNothingElse(String line) {
    assertThat(RawLine.parse(line)).isEmpty();
  }
}
