package dev.fovea.core.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import org.junit.jupiter.api.Test;

class Window2DTest {
  @Test
  void countsPlaces() {
    assertThat(Window2D.of(3).outputHeight(28)).isEqualTo(26);
    assertThat(Window2D.of(2).withStride(2).outputHeight(7)).isEqualTo(3);
    assertThat(Window2D.of(3).withDilation(2).outputHeight(7)).isEqualTo(3);
    assertThat(Window2D.of(3).withStride(2).withPadding(Padding.of(1)).outputWidth(9)).isEqualTo(5);
    Window2D uneven = Window2D.of(3, 5).withStride(1, 2).withPadding(Padding.of(1, 0, 2, 1));
    assertThat(uneven.outputHeight(4)).isEqualTo(3);
    assertThat(uneven.outputWidth(6)).isEqualTo(3);
    assertThat(uneven.outputShape("conv2d", Shape.of(8, 3, 4, 6), 16)).isEqualTo(Shape.of(8, 16, 3, 3));
  }

  /** The odd cell goes to the bottom and the right: 224 at stride 2 under a kernel of 7 takes 2 and 3. */
  @Test
  void sameFollowsTensorFlow() {
    assertSame(Window2D.of(3), 28, 28, 1, 1);
    assertSame(Window2D.of(2), 5, 5, 0, 1);
    assertSame(Window2D.of(7).withStride(2), 224, 112, 2, 3);
    assertSame(Window2D.of(3).withStride(2), 6, 3, 0, 1);
    assertSame(Window2D.of(3).withStride(2), 7, 4, 1, 1);
    assertSame(Window2D.of(3).withDilation(2), 5, 5, 2, 2);
    assertSame(Window2D.of(1).withStride(3), 7, 3, 0, 0);
    assertSame(Window2D.of(3), 1, 1, 1, 1);
  }

  private static void assertSame(Window2D window, int length, int places, int before, int after) {
    Window2D same = window.withPadding(Padding.SAME);
    assertThat(same.outputHeight(length)).isEqualTo(places);
    assertThat(same.outputWidth(length)).isEqualTo(places);
    assertThat(same.paddingTop(length)).isEqualTo(before);
    assertThat(same.paddingLeft(length)).isEqualTo(before);
    assertThat(same.paddingBottom(length)).isEqualTo(after);
    assertThat(same.paddingRight(length)).isEqualTo(after);
  }

  @Test
  void explicitAndValidPaddingIsWhatItSays() {
    Window2D window = Window2D.of(3).withPadding(Padding.of(1, 2, 3, 4));
    assertThat(window.paddingTop(9)).isEqualTo(1);
    assertThat(window.paddingBottom(9)).isEqualTo(2);
    assertThat(window.paddingLeft(9)).isEqualTo(3);
    assertThat(window.paddingRight(9)).isEqualTo(4);
    assertThat(Window2D.of(3).paddingTop(9)).isZero();
    assertThat(Window2D.of(3).paddingBottom(9)).isZero();
    assertThat(Window2D.of(3).outputShape("pool", Shape.of(8, 3, 4, 6))).isEqualTo(Shape.of(8, 3, 2, 4));
  }

  @Test
  void printsAsTheCodeThatMakesIt() {
    assertThat(Window2D.of(3)).hasToString("Window2D.of(3)");
    assertThat(Window2D.of(3, 5).withStride(2).withDilation(1, 3).withPadding(Padding.SAME))
        .hasToString("Window2D.of(3, 5).withStride(2).withDilation(1, 3).withPadding(SAME)");
  }

  @Test
  void refusesNumbersBelowOne() {
    refuses(() -> Window2D.of(0), "window: kernel height must be at least 1, got 0");
    refuses(() -> Window2D.of(1, -1), "window: kernel width must be at least 1, got -1");
    refuses(() -> Window2D.of(3).withStride(0, 1), "window: stride height must be at least 1, got 0");
    refuses(() -> Window2D.of(3).withStride(1, 0), "window: stride width must be at least 1, got 0");
    refuses(() -> Window2D.of(3).withDilation(0, 1), "window: dilation height must be at least 1, got 0");
    refuses(() -> Window2D.of(3).withDilation(1, 0), "window: dilation width must be at least 1, got 0");
    refuses(() -> Window2D.of(3).withPadding(null), "window: expected a padding, got null");
    refuses(() -> Window2D.of(100_000).withDilation(100_000), "window: the kernel may span at most 2147483647 cells, "
        + "got 9999900001 (kernel height 100000, dilation 100000)");
  }

  @Test
  void refusesPicturesItDoesNotFit() {
    refuses(() -> Window2D.of(3).outputShape("conv2d", Shape.of(28, 28), 8),
        "conv2d: expected an input [N, C, H, W], got [28, 28]");
    refuses(() -> Window2D.of(3).outputShape("conv2d", Shape.of(1, 8, 1, 1), 8),
        "conv2d: input [1, 8, 1, 1]: kernel 3 is longer than the padded input 1 (height 1, padding VALID); "
            + "a smaller kernel or SAME padding would fit");
    refuses(() -> Window2D.of(1, 3).withDilation(3).withPadding(Padding.of(1)).outputWidth(4),
        "kernel 7 (3 cells at dilation 3) is longer than the padded input 6 (width 4, padding Padding.of(1)); "
            + "a smaller kernel or SAME padding would fit");
    refuses(() -> Window2D.of(1).withPadding(Padding.of(Integer.MAX_VALUE)).outputHeight(4),
        "output height: at most 2147483647, got 4294967298 (padding Padding.of(2147483647))");
    assertThatThrownBy(() -> Window2D.of(3).outputHeight(1)).isInstanceOf(ShapeException.class);
  }

  private static void refuses(Runnable action, String message) {
    assertThatThrownBy(action::run).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
