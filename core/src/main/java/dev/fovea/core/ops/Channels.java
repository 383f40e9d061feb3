package dev.fovea.core.ops;

import dev.fovea.core.MemoryFormat;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.ChannelKernels;
import dev.fovea.core.kernels.Parallel;

/**
 * A tensor [N, C, ...] as channels, whatever its format: C groups of one channel each in the plain format, groups of 16
 * that lie side by side in blocks. What one group of one sample holds is cut into pieces that stay in the nearest
 * cache, and pieces of one group are put together as parts: as many as there is work for, whatever the number of
 * threads.
 *
 * @param samples N
 * @param count C
 * @param pixels the product of all further axes
 * @param kernels those for groups of this kind
 */
record Channels(int samples, int count, int pixels, ChannelKernels kernels) {
  /** Floats of a piece. */
  private static final int PIECE = 1 << 13;
  /** Floats of a part: a whole number of pieces. */
  private static final int PART = 1 << 16;
  /** Floats a thread takes at a time, at least one piece. */
  private static final int STRETCH = 1 << 14;

  static Channels of(Tensor tensor) {
    return of(tensor.shape(), tensor.format());
  }

  static Channels of(Shape shape, MemoryFormat format) {
    return new Channels(shape.dim(0), shape.dim(1), (int) shape.count(2, shape.rank()),
        format == MemoryFormat.PLAIN ? ChannelKernels.planes() : ChannelKernels.blocks());
  }

  /**
   * The same array with each channel of each sample for a channel by itself: as many to a sample as the groups have
   * room for, those that only pad a block among them.
   */
  Channels bySample() {
    return new Channels(1, samples * groups() * lanes(), pixels, kernels);
  }

  /** What number a channel of a sample is among those of {@link #bySample()}. */
  int place(int sample, int channel) {
    return sample * groups() * lanes() + channel;
  }

  int lanes() {
    return kernels.lanes();
  }

  int groups() {
    return (count + lanes() - 1) / lanes();
  }

  /** The elements of one channel over all samples. */
  int perChannel() {
    return samples * pixels;
  }

  private int pixelsAPiece() {
    return Math.min(pixels, PIECE / lanes());
  }

  private int piecesAPlane() {
    return (pixels + pixelsAPiece() - 1) / pixelsAPiece();
  }

  /** Small planes of several samples make a piece of a part together. */
  private int samplesAPiece() {
    return Math.max(1, PIECE / (pixels * lanes()));
  }

  /** Pieces of one group, where small planes are taken together. */
  private int pieces() {
    return (samples + samplesAPiece() - 1) / samplesAPiece() * piecesAPlane();
  }

  private int piecesAPart() {
    return PART / PIECE;
  }

  /** Parts of one group. */
  int parts() {
    return (pieces() + piecesAPart() - 1) / piecesAPart();
  }

  /** A piece of a group: {@code n} pixels from this place of the array on. */
  @FunctionalInterface
  interface Piece {
    void accept(int group, int n, int offset);
  }

  /** Every piece once, on several threads. */
  void eachPiece(Piece body) {
    int groups = groups();
    int planes = piecesAPlane();
    int longest = pixelsAPiece();
    Parallel.ranges(samples * groups * planes, Math.max(1, STRETCH / (longest * lanes())), (from, to) -> {
      for (int i = from; i < to; i++) {
        int first = i % planes * longest;
        int plane = i / planes;
        body.accept(plane % groups, Math.min(longest, pixels - first), (plane * pixels + first) * lanes());
      }
    });
  }

  /**
   * A piece of a part, which held {@code before} pixels before this one: {@code n} pixels from this place of the array
   * on, and as many of each of the samples that follow, {@code planes} in all.
   */
  @FunctionalInterface
  interface PieceOfPart {
    void accept(int group, int part, int before, int planes, int n, int offset);
  }

  /** Every piece of every part of every group; those of a part in order, by one thread. */
  void eachPart(PieceOfPart body) {
    int parts = parts();
    int work = (int) Math.min(PART, (long) perChannel() * lanes());
    Parallel.ranges(groups() * parts, Math.max(1, STRETCH / work), (from, to) -> {
      for (int i = from; i < to; i++) {
        part(i / parts, i % parts, body);
      }
    });
  }

  private void part(int group, int part, PieceOfPart body) {
    int longest = pixelsAPiece();
    int before = 0;
    for (int i = part * piecesAPart(); i < Math.min(pieces(), (part + 1) * piecesAPart()); i++) {
      int sample = i / piecesAPlane() * samplesAPiece();
      int first = i % piecesAPlane() * longest;
      int planes = Math.min(samplesAPiece(), samples - sample);
      int n = Math.min(longest, pixels - first);
      body.accept(group, part, before, planes, n, ((sample * groups() + group) * pixels + first) * lanes());
      before += planes * n;
    }
  }

  /** Floats from one sample to the next. */
  int sampleStride() {
    return groups() * pixels * lanes();
  }

  /** How many pixels a part holds. */
  int pixelsOfPart(int part) {
    int from = part * piecesAPart();
    int to = Math.min(pieces(), from + piecesAPart());
    return pixelsBefore(to) - pixelsBefore(from);
  }

  private int pixelsBefore(int piece) {
    int sample = Math.min(samples, piece / piecesAPlane() * samplesAPiece());
    return sample * pixels + piece % piecesAPlane() * pixelsAPiece();
  }
}
