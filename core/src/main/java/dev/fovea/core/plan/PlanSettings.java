package dev.fovea.core.plan;

import dev.fovea.core.kernels.Kernels;
import dev.fovea.core.kernels.conv.choice.ConvChoice;

/**
 * What a plan may do to be fast.
 *
 * @param convolution which algorithms convolutions may run by
 * @param blocked whether pictures may be kept in blocks of channels between operations; if not, convolutions are matrix
 *     products on the plain format
 */
public record PlanSettings(ConvChoice convolution, boolean blocked) {
  /**
   * {@code -Dfovea.format=auto|blocked|plain} sets whether plans keep pictures in blocks. {@code auto} does where the
   * kernels are SIMD; with scalar ones the plain format is twice as fast.
   */
  public static final String FORMAT_PROPERTY = "fovea.format";

  /**
   * What the properties {@code fovea.conv} and {@code fovea.format} ask for; the fastest if they are not set.
   *
   * @throws IllegalArgumentException if one holds a word it does not know
   */
  public static PlanSettings standard() {
    return new PlanSettings(ConvChoice.configured(),
        blocked(System.getProperty(FORMAT_PROPERTY, "auto"), Kernels.get().name()));
  }

  static boolean blocked(String format, String kernels) {
    return switch (format) {
      case "auto" -> !kernels.equals("scalar");
      case "blocked" -> true;
      case "plain" -> false;
      default -> throw new IllegalArgumentException(
          FORMAT_PROPERTY + ": expected auto, blocked or plain, got '" + format + "'");
    };
  }

  /** The plain format only: the operations as eager execution runs them. */
  public static PlanSettings plain() {
    return new PlanSettings(ConvChoice.DIRECT, false);
  }

  /** These settings with other algorithms allowed. */
  public PlanSettings withConvolution(ConvChoice other) {
    return new PlanSettings(other, blocked);
  }
}
