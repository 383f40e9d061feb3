package dev.fovea.core.kernels.conv.choice;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.ConvShape;
import dev.fovea.core.kernels.conv.ConvAlgorithm;
import dev.fovea.core.kernels.conv.direct.BlockedDirect;
import dev.fovea.core.kernels.conv.direct.Depthwise;
import dev.fovea.core.kernels.conv.direct.FewChannels;
import dev.fovea.core.kernels.conv.winograd.Winograd;

/** The one place where a convolution's algorithm is chosen, by shape, with the reason. */
public final class ConvAlgorithms {
  /** With more channels than this in a picture, blocks of channels waste less than a kernel for few channels costs. */
  private static final int FEW_CHANNELS = 4;
  /** Winograd pads channels to whole blocks: with fewer than this in a block, direct sums have less to do. */
  private static final int ENOUGH_CHANNELS = 6;
  /** With at most so many channels, a copy without gaps between them pays. */
  private static final int HALF_A_BLOCK = Blocks.WIDTH / 2;
  private static final int WINOGRAD_KERNEL = 3;

  private ConvAlgorithms() {}

  /**
   * An algorithm and why it was taken.
   *
   * @param algorithm made for the shape and the number of samples it was asked for
   * @param reason in words, for a plan's table
   */
  public record Decision(ConvAlgorithm algorithm, String reason) {}

  /**
   * The algorithm for a convolution.
   *
   * @param samples N
   * @param wish what is allowed
   * @param plainInput whether x comes in the plain format and wants no gradient: a picture, not something computed
   */
  public static Decision choose(ConvShape shape, int samples, ConvChoice wish, boolean plainInput) {
    if (plainInput && shape.channels() <= FEW_CHANNELS && shape.groups() == 1) {
      return new Decision(new FewChannels(shape, samples, true), "pictures of " + shape.channels()
          + (shape.channels() == 1 ? " channel" : " channels"));
    }
    if (shape.groups() > 1 && shape.groups() == shape.channels() && shape.groups() == shape.filters()) {
      return new Decision(new Depthwise(shape, samples), "one filter a channel");
    }
    String obstacle = obstacleToWinograd(shape, wish);
    if (obstacle == null) {
      boolean precise = wish == ConvChoice.WINOGRAD_2X2;
      return new Decision(new Winograd(shape, samples, precise ? 2 : 4), "3x3, stride 1"
          + (precise ? ", as " + ConvChoice.PROPERTY + "=" + wish + " asks" : ""));
    }
    if (shape.channels() <= HALF_A_BLOCK && shape.groups() == 1) {
      return new Decision(new FewChannels(shape, samples, false), obstacle);
    }
    return new Decision(new BlockedDirect(shape, samples), obstacle);
  }

  private static String obstacleToWinograd(ConvShape s, ConvChoice wish) {
    if (wish == ConvChoice.DIRECT) {
      return "as " + ConvChoice.PROPERTY + "=" + wish + " asks";
    }
    if (s.kernelHeight() != WINOGRAD_KERNEL || s.kernelWidth() != WINOGRAD_KERNEL) {
      return "kernel " + s.kernelHeight() + "x" + s.kernelWidth();
    }
    if (s.strideHeight() != 1 || s.strideWidth() != 1) {
      return "stride " + s.strideHeight() + "x" + s.strideWidth();
    }
    if (s.dilationHeight() != 1 || s.dilationWidth() != 1) {
      return "dilation " + s.dilationHeight() + "x" + s.dilationWidth();
    }
    if (s.groups() != 1) {
      return s.groups() + " groups";
    }
    int fewest = Math.min(s.channels() % Blocks.WIDTH == 0 ? Blocks.WIDTH : s.channels(), s.filters());
    return fewest < ENOUGH_CHANNELS ? "only " + fewest + " channels" : null;
  }
}
