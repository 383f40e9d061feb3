package dev.fovea.layers;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Padding;
import dev.fovea.core.ops.Window2D;
import java.util.List;
import java.util.stream.Collectors;

/** Checks of layers' settings, and their printing as code. */
final class Settings {
  private Settings() {}

  static void atLeastOne(String where, String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(where + ": " + what + " must be at least 1, got " + value);
    }
  }

  static void present(String where, String what, Object value) {
    if (value == null) {
      throw new IllegalArgumentException(where + ": expected " + what + ", got null");
    }
  }

  static void positive(String where, String what, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(where + ": " + what + " must be above 0 and finite, got " + value);
    }
  }

  static void finite(String where, String what, double value) {
    if (!Float.isFinite((float) value)) {
      throw new IllegalArgumentException(where + ": " + what + " must be a finite float, got " + value);
    }
  }

  /** Refuses samples that are no pictures. */
  static void pictures(String where, Shape sample) {
    if (sample.rank() != 3) {
      throw new ShapeException(where + ": expected samples [C, H, W], got " + sample);
    }
  }

  /** The channels that a depthwise convolution gives; refuses more than can be counted. */
  static int multiplied(String where, int channels, int multiplier) {
    long filters = (long) channels * multiplier;
    if (filters > Integer.MAX_VALUE) {
      throw new ShapeException(where + ": at most 2147483647 output channels, got " + filters + " = " + channels
          + " channels * multiplier " + multiplier);
    }
    return (int) filters;
  }

  /** Refuses a share that would drop everything, or is none. */
  static void rate(String where, double rate) {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException(where + ": rate must be at least 0 and below 1, got " + rate);
    }
  }

  /** Refuses to merge a single input. */
  static void several(String where, List<Tensor> inputs) {
    if (inputs.size() < 2) {
      throw new ShapeException(where + ": expected two inputs or more, got " + inputs.size());
    }
  }

  /** The shapes of one sample of each batch: {@code [1, 2], [3, 4] and [5, 6]}. */
  static String samples(List<Tensor> batches) {
    return list(batches.stream().map(batch -> batch.shape().dropFirst()).toList());
  }

  /** {@code a, b and c}. */
  static String list(List<?> things) {
    int last = things.size() - 1;
    String first = things.subList(0, Math.max(last, 0)).stream().map(Object::toString)
        .collect(Collectors.joining(", "));
    return first + (first.isEmpty() ? "" : " and ") + (last < 0 ? "" : things.get(last));
  }

  /** One number where both are the same, else both: {@code 3} or {@code 3, 5}. */
  static String pair(int height, int width) {
    return height == width ? Integer.toString(height) : height + ", " + width;
  }

  /** The withers that make this window from one of the same kernel and of the usual stride. */
  static String withers(Window2D window, int usualStrideHeight, int usualStrideWidth) {
    StringBuilder text = new StringBuilder();
    if (window.strideHeight() != usualStrideHeight || window.strideWidth() != usualStrideWidth) {
      text.append(".withStride(").append(pair(window.strideHeight(), window.strideWidth())).append(')');
    }
    if (window.padding() != Padding.VALID) {
      text.append(".withPadding(").append(window.padding()).append(')');
    }
    if (window.dilationHeight() != 1 || window.dilationWidth() != 1) {
      text.append(".withDilation(").append(pair(window.dilationHeight(), window.dilationWidth())).append(')');
    }
    return text.toString();
  }

  /** {@code .withActivation(RELU)}, or nothing for {@link Activation#LINEAR}. */
  static String wither(Activation activation) {
    return activation.equals(Activation.LINEAR) ? "" : ".withActivation(" + activation + ")";
  }

  /** {@code .withInitializer(HE_NORMAL)}, or nothing for the default. */
  static String wither(Initializer initializer) {
    return initializer.equals(Initializer.GLOROT_UNIFORM) ? "" : ".withInitializer(" + initializer + ")";
  }
}
