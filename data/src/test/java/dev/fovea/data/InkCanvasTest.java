package dev.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.RandomSource;
import org.junit.jupiter.api.Test;

class InkCanvasTest {
  private final InkCanvas canvas = new InkCanvas(5);

  InkCanvasTest() {
    canvas.clear();
  }

  @Test
  void aLineCoversPixelsByTheirDistance() {
    canvas.line(0, 2.5, 3, 2.5, 1);
    canvas.ink(1);
    // Edges run through the middle of rows 1 and 3; beside the round end at x = 3 a pixel is sqrt(1.25) - 1 outside.
    assertThat(picture()).containsExactly(
        0, 0, 0, 0, 0,
        128, 128, 128, 97, 0,
        255, 255, 255, 255, 0,
        128, 128, 128, 97, 0,
        0, 0, 0, 0, 0);
  }

  @Test
  void aLineMayLeaveThePicture() {
    canvas.line(-50, 2.5, 50, 2.5, 0.5);
    canvas.line(-9, -9, -9, -9, 3);
    canvas.ink(0.2);
    assertThat(picture()).startsWith(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 51, 51, 51, 51, 51).endsWith(0, 0, 0, 0, 0);
  }

  @Test
  void inkKeepsTheLighter() {
    canvas.line(0, 2.5, 5, 2.5, 0.5);
    canvas.ink(0.4);
    canvas.line(2.5, 0, 2.5, 5, 0.5);
    canvas.ink(0.2);
    assertThat(picture()).containsExactly(
        0, 0, 51, 0, 0,
        0, 0, 51, 0, 0,
        102, 102, 102, 102, 102,
        0, 0, 51, 0, 0,
        0, 0, 51, 0, 0);
  }

  @Test
  void blurSpreadsAPoint() {
    canvas.line(2.5, 2.5, 2.5, 2.5, 0.5);
    canvas.ink(240 / 255.0);
    canvas.blur(1);
    assertThat(picture()).containsExactly(
        0, 0, 0, 0, 0,
        0, 15, 30, 15, 0,
        0, 30, 60, 30, 0,
        0, 15, 30, 15, 0,
        0, 0, 0, 0, 0);
    canvas.blur(0);
    assertThat(picture()[12]).isEqualTo(60);
  }

  @Test
  void noiseHasTheDeviationAskedForAndIsCutOff() {
    InkCanvas large = new InkCanvas(200);
    large.clear();
    large.line(0, 100, 200, 100, 300);
    large.ink(0.5);
    large.noise(0.1, new RandomSource(1));
    byte[] pixels = new byte[40_000];
    large.write(pixels, 0);
    double sum = 0;
    double squares = 0;
    for (byte pixel : pixels) {
      double value = (pixel & 0xff) / 255.0 - 0.5;
      sum += value;
      squares += value * value;
    }
    assertThat(sum / pixels.length).isBetween(-0.002, 0.002);
    assertThat(Math.sqrt(squares / pixels.length)).isBetween(0.098, 0.102);
    large.noise(1e9, new RandomSource(2));
    large.write(pixels, 0);
    for (byte pixel : pixels) {
      assertThat(pixel & 0xff).isIn(0, 255);
    }
  }

  private int[] picture() {
    byte[] pixels = new byte[27];
    canvas.write(pixels, 1);
    assertThat(pixels[0]).isZero();
    assertThat(pixels[26]).isZero();
    int[] values = new int[25];
    for (int i = 0; i < 25; i++) {
      values[i] = pixels[i + 1] & 0xff;
    }
    return values;
  }
}
