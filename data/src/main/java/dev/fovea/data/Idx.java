package dev.fovea.data;

import dev.fovea.core.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads IDX files, the format MNIST came in: two zero bytes, the element type, the number of axes, the length of each
 * axis as a big-endian 32-bit number, then the elements in row-major order. Unsigned bytes are read (type 0x08), of any
 * rank and any size an array can hold.
 *
 * <p>A file packed with gzip is told by its first two bytes, not by its name. A file is read whole and nothing of it is
 * taken on trust: what the header promises must be there, to the byte, and nothing behind it.
 */
public final class Idx {
  private Idx() {}

  /**
   * The content of an IDX file of any rank.
   *
   * @throws IdxException if the file is not a whole IDX file of unsigned bytes, or has an axis of length 0
   * @throws IOException if it cannot be read
   */
  public static IdxArray read(Path path) throws IOException {
    return IdxReader.read(path);
  }

  /**
   * Grey pictures, shape {@code [N, H, W]}.
   *
   * @throws IdxException if the file is not a whole IDX file of unsigned bytes with three axes
   * @throws IOException if it cannot be read
   */
  public static IdxArray images(Path path) throws IOException {
    IdxArray array = read(path);
    if (array.shape().rank() != 3) {
      throw new IdxException(path, "at byte 3: expected pictures [N, H, W], got " + array.shape());
    }
    return array;
  }

  /**
   * Labels, one number of 0..255 a sample.
   *
   * @throws IdxException if the file is not a whole IDX file of unsigned bytes with one axis
   * @throws IOException if it cannot be read
   */
  public static int[] labels(Path path) throws IOException {
    IdxArray array = read(path);
    if (array.shape().rank() != 1) {
      throw new IdxException(path, "at byte 3: expected labels [N], got " + array.shape());
    }
    int[] labels = new int[array.bytes().length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = array.bytes()[i] & 0xff;
    }
    return labels;
  }

  /**
   * Grey pictures {@code [1, H, W]} with their labels, held as bytes.
   *
   * @throws IdxException if one of the files is not what it should be, there are not as many labels as pictures, or a
   *     label is none of the classes
   * @throws IOException if one of them cannot be read
   */
  public static ArrayDataset dataset(Path images, Path labels, List<String> classNames) throws IOException {
    IdxArray pictures = images(images);
    int[] classes = labels(labels);
    int count = pictures.shape().dim(0);
    if (classes.length != count) {
      throw new IdxException(labels, "expected as many labels as there are pictures in " + images + ", which is "
          + count + ", got " + classes.length);
    }
    for (int i = 0; i < count; i++) {
      if (classes[i] >= classNames.size()) {
        throw new IdxException(labels, "the label of sample " + i + ": expected 0.." + (classNames.size() - 1) + " ("
            + classNames.size() + " classes), got " + classes[i]);
      }
    }
    return ArrayDataset.ofBytes(pictures.shape().with(0, 1), pictures.bytes(), classes, classNames);
  }
}
