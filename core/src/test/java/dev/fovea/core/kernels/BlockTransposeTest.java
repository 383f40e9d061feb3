package dev.fovea.core.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Squares that overlap, whole ones and what is left of them, cells around them that must stay as they are. */
class BlockTransposeTest {
  private static final int WIDTH = Blocks.WIDTH;
  private static final int GUARD_CELLS = 7;
  private static final float GUARD = 12345f;
  private static final int[] CHANNELS = {3, WIDTH};

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 25, 31, 32, 33})
  void toBlocks(int pixels) {
    for (int channels : CHANNELS) {
      for (boolean add : new boolean[] {false, true}) {
        float[] planes = planes(channels, pixels);
        float[] blocks = guarded(pixels * WIDTH);
        float[] expected = guarded(pixels * WIDTH);
        for (int i = 0; i < pixels * WIDTH; i++) {
          int channel = i % WIDTH;
          float was = add ? 1f : 0f;
          blocks[GUARD_CELLS + i] = 1f;
          expected[GUARD_CELLS + i] = channel < channels ? was + planes[at(channel, i / WIDTH, pixels)] : was;
        }
        BlockTranspose.toBlocks(channels, pixels, planes, GUARD_CELLS, plane(pixels), blocks, GUARD_CELLS, add);
        assertThat(blocks).as("%d channels, add %s", channels, add).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 25, 31, 32, 33})
  void toPlanes(int pixels) {
    for (int channels : CHANNELS) {
      for (boolean add : new boolean[] {false, true}) {
        float[] blocks = guarded(pixels * WIDTH);
        for (int i = 0; i < pixels * WIDTH; i++) {
          blocks[GUARD_CELLS + i] = i + 2;
        }
        float[] planes = planes(channels, pixels);
        float[] expected = planes.clone();
        for (int channel = 0; channel < channels; channel++) {
          for (int pixel = 0; pixel < pixels; pixel++) {
            int to = at(channel, pixel, pixels);
            expected[to] = (add ? planes[to] : 0f) + blocks[GUARD_CELLS + pixel * WIDTH + channel];
          }
        }
        BlockTranspose.toPlanes(channels, pixels, blocks, GUARD_CELLS, planes, GUARD_CELLS, plane(pixels), add);
        assertThat(planes).as("%d channels, add %s", channels, add).isEqualTo(expected);
      }
    }
  }

  /** Planes do not follow each other at once. */
  private static int plane(int pixels) {
    return pixels + 2;
  }

  private static int at(int channel, int pixel, int pixels) {
    return GUARD_CELLS + channel * plane(pixels) + pixel;
  }

  private static float[] planes(int channels, int pixels) {
    float[] planes = guarded(channels * plane(pixels));
    for (int channel = 0; channel < channels; channel++) {
      for (int pixel = 0; pixel < pixels; pixel++) {
        planes[at(channel, pixel, pixels)] = 100 * channel + pixel;
      }
    }
    return planes;
  }

  private static float[] guarded(int length) {
    float[] array = new float[length + 2 * GUARD_CELLS];
    Arrays.fill(array, GUARD);
    return array;
  }
}
