package dev.fovea.core.kernels;

import java.util.Arrays;

/**
 * A frame of zeros into which pictures are laid, their cells perhaps spread apart: what a kernel sees that hangs over
 * the edge of a picture, or goes back over one by a stride.
 *
 * @param height rows of the frame
 * @param width columns of the frame
 * @param top the frame's row where row 0 of the picture lies; below 0 if the frame begins within the picture
 * @param left the frame's column where column 0 of the picture lies
 * @param spreadHeight rows of the frame from one row of the picture to the next
 * @param spreadWidth columns of the frame from one column of the picture to the next
 */
record Frame(int height, int width, int top, int left, int spreadHeight, int spreadWidth) {
  int size() {
    return height * width;
  }

  /** Lays planes of a picture, {@code rows} by {@code columns} each, into frames that follow one another. */
  void lay(float[] picture, int start, int planes, int rows, int columns, float[] frames) {
    Arrays.fill(frames, 0, planes * size(), 0f);
    int firstRow = Math.max(0, (spreadHeight - 1 - top) / spreadHeight);
    int lastRow = Math.min(rows, Math.floorDiv(height - 1 - top, spreadHeight) + 1);
    int firstColumn = Math.max(0, (spreadWidth - 1 - left) / spreadWidth);
    int lastColumn = Math.min(columns, Math.floorDiv(width - 1 - left, spreadWidth) + 1);
    for (int plane = 0; plane < planes; plane++) {
      for (int row = firstRow; row < lastRow; row++) {
        int from = start + (plane * rows + row) * columns;
        int to = plane * size() + (top + row * spreadHeight) * width + left;
        if (spreadWidth == 1 && firstColumn < lastColumn) {
          System.arraycopy(picture, from + firstColumn, frames, to + firstColumn, lastColumn - firstColumn);
        } else {
          for (int column = firstColumn; column < lastColumn; column++) {
            frames[to + column * spreadWidth] = picture[from + column];
          }
        }
      }
    }
  }
}
