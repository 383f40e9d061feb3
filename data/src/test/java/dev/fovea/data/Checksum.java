package dev.fovea.data;

import java.util.zip.CRC32;

/** One number for all pixels, as bytes, and labels of a data set of pictures. */
final class Checksum {
  private Checksum() {}

  static long of(Dataset dataset) {
    CRC32 checksum = new CRC32();
    float[] x = new float[dataset.sampleShape().size()];
    float[] y = new float[1];
    for (int i = 0; i < dataset.size(); i++) {
      dataset.read(i, x, 0, y, 0);
      for (float pixel : x) {
        checksum.update(Math.round(pixel * 255));
      }
      checksum.update((int) y[0]);
    }
    return checksum.getValue();
  }
}
