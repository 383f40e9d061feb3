package dev.fovea.examples.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a model says of a picture, for other programs.
 *
 * @param file the picture
 * @param predicted the most likely class
 * @param probability its probability
 * @param probabilities every class with its probability, in the order of the model's outputs
 */
record Prediction(String file, @JsonProperty("class") String predicted, float probability,
    Map<String, Float> probabilities) {
  static Prediction of(Path file, List<String> names, float... values) {
    int best = 0;
    Map<String, Float> probabilities = new LinkedHashMap<>();
    for (int k = 0; k < values.length; k++) {
      best = values[k] > values[best] ? k : best;
      probabilities.put(names.get(k), values[k]);
    }
    return new Prediction(file.toString(), names.get(best), values[best], probabilities);
  }

  /** One line. */
  String json() {
    return JsonMapper.shared().writeValueAsString(this);
  }
}
