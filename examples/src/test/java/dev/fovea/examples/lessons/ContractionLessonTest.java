package dev.fovea.examples.lessons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.core.GradientCheck;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;
import org.junit.jupiter.api.Test;

class ContractionLessonTest {
  private static final Shape MAPS = Shape.of(2, 2, 2);

  @Test
  void oneAtItsPlaceAndZeroElsewhere() {
    Tensor f = ContractionLesson.places(Shape.of(2, 3, 4));
    assertThat(f.shape()).isEqualTo(Shape.of(2, 3, 4, 24));
    for (int i = 0; i < 24; i++) {
      for (int c = 0; c < 2; c++) {
        for (int h = 0; h < 3; h++) {
          for (int w = 0; w < 4; w++) {
            assertThat(f.get(c, h, w, i)).isEqualTo((c * 3 + h) * 4 + w == i ? 1 : 0);
          }
        }
      }
    }
  }

  @Test
  void sameValuesAndGradients() {
    Tensor x = Tensor.normal(Shape.of(3, 2, 3, 4), new RandomSource(5)).withGrad();
    Tensor f = ContractionLesson.places(Shape.of(2, 3, 4));
    Tensor slope = Tensor.normal(Shape.of(3, 24), new RandomSource(6));
    for (Tensor y : new Tensor[] {Ops.flatten(x), ContractionLesson.bySum(x, f), ContractionLesson.byProduct(x, f)}) {
      assertThat(y.toArray()).isEqualTo(x.toArray());
      x.zeroGrad();
      Ops.sum(Ops.multiply(y, slope)).backward();
      assertThat(x.gradient().toArray()).isEqualTo(slope.toArray());
    }
    GradientCheck.of(in -> ContractionLesson.bySum(in[0], f), x).step(0.5f).run().orThrow(1e-5);
    GradientCheck.of(in -> ContractionLesson.byProduct(in[0], f), x).step(0.5f).run().orThrow(1e-5);
  }

  @Test
  void infinityMakesEveryOtherPlaceNotANumber() {
    Tensor x = Tensor.full(MAPS.prepend(1), 1);
    x.data()[3] = Float.POSITIVE_INFINITY;
    assertThat(Ops.flatten(x).toArray()).containsExactly(1, 1, 1, Float.POSITIVE_INFINITY, 1, 1, 1, 1);
    float[] sums = ContractionLesson.byProduct(x, ContractionLesson.places(MAPS)).toArray();
    for (int i = 0; i < sums.length; i++) {
      assertThat(sums[i]).isEqualTo(Float.valueOf(i == 3 ? Float.POSITIVE_INFINITY : Float.NaN));
    }
  }

  @Test
  void memory() {
    assertThat(ContractionLesson.bytesOfPlaces(Shape.of(64, 5, 5))).isEqualTo(1600L * 1600 * 4);
    assertThat(ContractionLesson.bytesOfPlaces(Shape.of(512, 7, 7)) / 0x1p20).isEqualTo(2401, within(0.05));
    Shape maps = Shape.of(16, 4, 4);
    long flatten = Cost.of(maps, 0, 3, () -> Ops::flatten).bytes();
    Cost product = Cost.of(maps, 0, 3, () -> {
      Tensor f = ContractionLesson.places(maps);
      return x -> ContractionLesson.byProduct(x, f);
    });
    assertThat(product.bytes()).isGreaterThan(ContractionLesson.bytesOfPlaces(maps));
    assertThat(flatten).isPositive().isLessThan(product.bytes());
    assertThat(product.seconds()).isPositive();
  }

  @Test
  void shownInFull() {
    Shown shown = Shown.of(new ContractionLesson(0, 3));
    assertThat(shown.text()).contains("""
        F[c,h,w,5], what place 5 takes: the value of channel 1, row 0, column 1 [2, 2,
        2]
          map 0             map 1
          0.0000  0.0000    0.0000  1.0000
          0.0000  0.0000    0.0000  0.0000
        """, """
        way                loss  values as flatten's  gradients as flatten's
        ---------------  ------  -------------------  ----------------------
        flatten          0.1661  yes, to the bit      yes, to the bit
        sum of products  0.1661  yes, to the bit      yes, to the bit
        matrix product   0.1661  yes, to the bit      yes, to the bit
        """, """
        The flat vector [1, 8]
          0.8000  0.4000  0.2000  0.6000  0.1000  0.9000  0.5000  0.3000
        """, """
        The gradient that comes back to the maps [1, 2, 2, 2]
          map 0               map 1
          -0.1003   0.0410     0.0957  -0.0467
          -0.1066  -0.1980    -0.1659  -0.1435
        """, "\nmaps    values   F MB  flatten ms  product ms  times  flatten MB  product MB\n",
        "\n64x5x5   1,600   9.77  ", "\n64x7x7   3,136  37.52  ");
    assertThat(shown.words()).contains("At 512x7x7, the end of a VGG network, F would take 2,401.00 MB: not tried.");
  }
}
