package dev.fovea.examples.lessons;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Flatten written as a contraction with a constant tensor of zeros and ones, and what that costs. */
final class ContractionLesson implements Lesson {
  private static final int RUNS = 21;
  private static final double WARM_UP_SECONDS = 0.3;
  private static final List<Shape> MEASURED =
      List.of(Shape.of(2, 2, 2), Shape.of(16, 4, 4), Shape.of(64, 5, 5), Shape.of(64, 7, 7));
  private static final Shape TOO_LARGE = Shape.of(512, 7, 7);

  private final double warmUpSeconds;
  private final int runs;

  /** As it is shown. */
  ContractionLesson() {
    this(WARM_UP_SECONDS, RUNS);
  }

  /** With so much time for Java to compile what is measured before each measurement, of so many runs. */
  ContractionLesson(double warmUpSeconds, int runs) {
    this.warmUpSeconds = warmUpSeconds;
    this.runs = runs;
  }

  @Override
  public String name() {
    return "contraction";
  }

  @Override
  public String title() {
    return "Flatten as a sum over zeros and ones: same values, what cost";
  }

  /** F[c, h, w, i]: 1 where value (c, h, w) goes to place i = (c * height + h) * width + w, 0 elsewhere. */
  static Tensor places(Shape maps) {
    int height = maps.dim(1);
    int width = maps.dim(2);
    Tensor f = Tensor.zeros(Shape.of(maps.dim(0), height, width, maps.size()));
    for (int c = 0; c < maps.dim(0); c++) {
      for (int h = 0; h < height; h++) {
        for (int w = 0; w < width; w++) {
          f.data()[f.shape().offset(c, h, w, (c * height + h) * width + w)] = 1;
        }
      }
    }
    return f;
  }

  /** The definition, word by word: y[n, i] = sum over c, h, w of x[n, c, h, w] F[c, h, w, i]. */
  static Tensor bySum(Tensor x, Tensor f) {
    Shape s = x.shape();
    return Ops.sum(Ops.multiply(Ops.reshape(x, s.dim(0), s.dim(1), s.dim(2), s.dim(3), 1), f), 1, 2, 3);
  }

  /** The same sums as one product of matrices, where c, h and w together are one axis. */
  static Tensor byProduct(Tensor x, Tensor f) {
    return Ops.matmul(Ops.reshape(x, x.shape().dim(0), -1), Ops.reshape(f, -1, f.shape().dim(3)));
  }

  @Override
  public void show(Page page) {
    Tensor maps = Tensor.of(Anchor.maps().shape().prepend(1), Anchor.maps().toArray()).withGrad();
    page.heading("The tensor F");
    page.text("Flatten moves numbers and computes nothing. It can still be written as a sum of products, with a "
        + "constant tensor that says where each value goes: `F[c,h,w,i]` is 1 where the value in channel c, row h, "
        + "column w goes to place i, and 0 everywhere else. Then `flat[i]` is the sum over c, h and w of "
        + "`x[c,h,w] F[c,h,w,i]`: of all the products one is the value itself, and the others are 0.");
    page.tensor("Two maps of 2x2", maps.detach());
    Tensor f = places(maps.shape().dropFirst());
    page.tensor("F[c,h,w,5], what place 5 takes: the value of channel 1, row 0, column 1",
        Ops.reshape(Ops.slice(f, 3, 5, 6), 2, 2, 2));

    page.heading("Same values, same gradients");
    page.text("Behind the flat vector stands the dense layer of the lesson `flatten`, with its loss for class 0. The "
        + "sum of products is the definition word by word; the matrix product does the same sums at once, with c, h "
        + "and w taken together as one axis, so that F is a matrix of 8x8.");
    List<Tensor> flats = List.of(Ops.flatten(maps), bySum(maps, f), byProduct(maps, f));
    Table table = Table.of("way", "loss", "values as flatten's", "gradients as flatten's");
    Tensor values = null;
    Tensor gradient = null;
    for (int way = 0; way < flats.size(); way++) {
      double loss = lossBehind(flats.get(way), maps);
      values = way == 0 ? flats.get(way) : values;
      gradient = way == 0 ? maps.gradient() : gradient;
      table.row(List.of("flatten", "sum of products", "matrix product").get(way), loss,
          same(flats.get(way), values) ? "yes, to the bit" : "no",
          same(maps.gradient(), gradient) ? "yes, to the bit" : "no");
    }
    page.table(table);
    page.tensor("The flat vector", values);
    page.tensor("The gradient that comes back to the maps", gradient);
    page.text("Backward the same F is summed over the other axis: `dx[c,h,w]` is the sum over i of `F[c,h,w,i] "
        + "dflat[i]`, so that each gradient goes to the very place its value came from. That is all that "
        + "backpropagation through flatten is, and the sums only hide it.");

    page.heading("What it costs");
    page.text(String.format(Locale.ROOT, "F has (channels x height x width) squared numbers, all 0 but one in each "
        + "row. Measured here and now, %d samples forward and backward: the median of %d runs, and the memory that was "
        + "allocated for such a run, F included.", Cost.BATCH, runs));
    Table costs = Table.of("maps", "values", "F MB", "flatten ms", "product ms", "times", "flatten MB", "product MB");
    for (Shape shape : MEASURED) {
      Cost plain = Cost.of(shape, warmUpSeconds, runs, () -> Ops::flatten);
      Cost product = Cost.of(shape, warmUpSeconds, runs, () -> {
        Tensor constant = places(shape);
        return x -> byProduct(x, constant);
      });
      costs.row(shape.crossed(), shape.size(), megabytes(bytesOfPlaces(shape)), milliseconds(plain),
          milliseconds(product), String.format(Locale.ROOT, "%.1f", product.seconds() / plain.seconds()),
          megabytes(plain.bytes()), megabytes(product.bytes()));
    }
    page.table(costs);
    page.text(String.format(Locale.ROOT, "At %s, the end of a VGG network, F would take %s MB: not tried. Nor are the "
        + "products with 0 always harmless: one infinite value among the maps, and 0 x infinity makes every other "
        + "place NaN, where flatten leaves them as they are.", TOO_LARGE.crossed(),
        megabytes(bytesOfPlaces(TOO_LARGE))));
    page.remember("Flatten is a contraction with a constant tensor of zeros and ones: same values, same gradients.",
        "The contraction explains why the gradient goes back by the same places. As a way to compute it is a waste: "
            + "time and memory grow with the square of the number of values, and flatten only copies them.",
        "F has nothing to learn. Another fixed order of the values is another F, as good as this one.");
  }

  /** The loss of class 0 behind a dense layer; the gradient goes back to the maps. */
  static double lossBehind(Tensor flat, Tensor maps) {
    int values = flat.shape().dim(1);
    Tensor weight = Tensor.of(Shape.of(Anchor.CLASSES, values), Anchor.weights(values));
    Tensor loss = Ops.crossEntropyFromLogits(Ops.dense(flat, weight, null), Tensor.vector(Anchor.LABEL));
    maps.zeroGrad();
    loss.backward();
    return loss.item();
  }

  static boolean same(Tensor a, Tensor b) {
    return Arrays.equals(a.toArray(), b.toArray());
  }

  /** Bytes that F takes for such maps, as float32. */
  static long bytesOfPlaces(Shape maps) {
    return maps.elements() * maps.elements() * Float.BYTES;
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%,.2f", bytes / 0x1p20);
  }

  private static String milliseconds(Cost cost) {
    return String.format(Locale.ROOT, "%.3f", cost.seconds() * 1e3);
  }
}
