package dev.fovea.train;

import dev.fovea.data.Dataset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Tells data sets apart without reading all of them: by size, shapes, classes, the values and targets of evenly spaced
 * samples, where that costs little all labels, and all weights if there are such.
 */
final class DataFingerprint {
  private static final int SAMPLES = 64;
  private static final int FEW_CLASSES = 20;

  private DataFingerprint() {}

  /** Adds what is known of a data set to the settings, each under a name that begins so. */
  static void add(String prefix, Dataset data, Map<String, String> settings) {
    settings.put(prefix + " size", Integer.toString(data.size()));
    settings.put(prefix + " sample shape", data.sampleShape().toString());
    settings.put(prefix + " target shape", data.targetShape().toString());
    List<String> classes = data.classNames();
    settings.put(prefix + " classes", classes.size() <= FEW_CLASSES ? classes.toString()
        : classes.size() + " with the checksum " + checksum(classes));
    settings.put(prefix + " content", samples(data));
    if (data.isInMemory() && !classes.isEmpty()) {
      settings.put(prefix + " labels", labels(data));
    }
    if (data.isWeighted()) {
      settings.put(prefix + " weights", weights(data));
    }
  }

  private static String weights(Dataset data) {
    float[] weights = new float[data.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = data.weight(i);
    }
    CRC32 sum = new CRC32();
    add(sum, weights);
    return "with the checksum " + hex(sum);
  }

  private static String checksum(List<String> names) {
    CRC32 sum = new CRC32();
    names.forEach(name -> sum.update((name + "\n").getBytes(StandardCharsets.UTF_8)));
    return hex(sum);
  }

  private static String samples(Dataset data) {
    float[] x = new float[data.sampleShape().size()];
    float[] y = new float[data.targetShape().size()];
    int count = Math.min(SAMPLES, data.size());
    CRC32 sum = new CRC32();
    for (int i = 0; i < count; i++) {
      int index = count == 1 ? 0 : (int) ((long) i * (data.size() - 1) / (count - 1));
      data.read(index, x, 0, y, 0);
      add(sum, x);
      add(sum, y);
    }
    return "with the checksum " + hex(sum);
  }

  private static String labels(Dataset data) {
    float[] x = new float[data.sampleShape().size()];
    float[] y = new float[data.targetShape().size()];
    CRC32 sum = new CRC32();
    for (int i = 0; i < data.size(); i++) {
      data.read(i, x, 0, y, 0);
      add(sum, y);
    }
    return "with the checksum " + hex(sum);
  }

  private static void add(CRC32 sum, float[] values) {
    byte[] bytes = new byte[4 * values.length];
    for (int i = 0; i < values.length; i++) {
      int bits = Float.floatToRawIntBits(values[i]);
      bytes[4 * i] = (byte) bits;
      bytes[4 * i + 1] = (byte) (bits >> 8);
      bytes[4 * i + 2] = (byte) (bits >> 16);
      bytes[4 * i + 3] = (byte) (bits >> 24);
    }
    sum.update(bytes);
  }

  private static String hex(CRC32 sum) {
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }
}
