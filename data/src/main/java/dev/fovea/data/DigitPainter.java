package dev.fovea.data;

import dev.fovea.core.RandomSource;
import dev.fovea.data.DigitGlyphs.Stroke;

/**
 * Draws one digit after the other, each from the random numbers it is given and nothing else. The arithmetic is plain
 * double precision and {@link StrictMath}, so every JDK draws the same bytes.
 */
final class DigitPainter {
  static final int SIDE = 28;

  /** The neighbour's ink may reach this far into the picture. */
  private static final double INTRUSION = 3.5;

  private final InkCanvas canvas = new InkCanvas(SIDE);
  private final PenPath path = new PenPath();

  /** Draws a digit into 784 bytes. */
  void paint(int digit, RandomSource random, byte[] pixels, int offset) {
    canvas.clear();
    Hand hand = Hand.any(random);
    write(digit, hand, random);
    place(random);
    path.draw(canvas, hand.radius, hand.pressure);
    canvas.ink(random.uniform(0.65, 1));
    if (random.uniform() < 0.35) {
      neighbour(hand, random);
    }
    if (random.uniform() < 0.35) {
      stray(random);
    }
    canvas.blur(random.uniform(0, 0.9));
    canvas.noise(random.uniform(0, 0.10), random);
    canvas.write(pixels, offset);
  }

  /** Puts the strokes of a digit as this hand writes it on the path, around the origin, in pixels. */
  private void write(int digit, Hand hand, RandomSource random) {
    path.clear();
    for (Stroke stroke : DigitGlyphs.any(digit, random)) {
      path.begin();
      for (int i = 0; i < stroke.size(); i++) {
        double x = stroke.x()[i] - 0.5 + hand.wobble * random.normal();
        double y = stroke.y()[i] - 0.5 + hand.wobble * random.normal();
        path.add(hand.x(x, y), hand.y(x, y), stroke.corner()[i]);
      }
    }
  }

  /** Moves the path to where a digit is expected: in the middle, give or take some pixels, and within the picture. */
  private void place(RandomSource random) {
    double roomX = Math.max(0, (SIDE - 3 - path.width()) / 2);
    double roomY = Math.max(0, (SIDE - 3 - path.height()) / 2);
    double x = Math.min(3, roomX) * random.uniform(-1, 1);
    double y = Math.min(3, roomY) * random.uniform(-1, 1);
    path.moveCentre(SIDE / 2.0 + x, SIDE / 2.0 + y);
  }

  /** A bit of another digit in the same hand, to the left or to the right. */
  private void neighbour(Hand hand, RandomSource random) {
    write(random.below(10), hand, random);
    double distance = SIDE / 2.0 + path.width() / 2 + hand.radius - random.uniform(0, INTRUSION);
    path.moveCentre(SIDE / 2.0 + (random.below(2) == 0 ? distance : -distance), SIDE / 2.0 + random.uniform(-5, 5));
    path.draw(canvas, hand.radius, hand.pressure);
    canvas.ink(random.uniform(0.5, 1));
  }

  /** A short, thin and faint line that means nothing, away from the middle. */
  private void stray(RandomSource random) {
    double direction = random.uniform(0, 2 * StrictMath.PI);
    double distance = random.uniform(9, 14);
    double x = SIDE / 2.0 + distance * StrictMath.cos(direction);
    double y = SIDE / 2.0 + distance * StrictMath.sin(direction);
    path.clear();
    path.begin();
    for (int i = 0; i < 3; i++) {
      path.add(x, y, i != 1);
      x += random.uniform(-4, 4);
      y += random.uniform(-4, 4);
    }
    path.draw(canvas, random.uniform(0.3, 0.7), 0);
    canvas.ink(random.uniform(0.25, 0.7));
  }

  /** One way of holding the pen: how the unit square becomes pixels, how thick a line is, how much it trembles. */
  private record Hand(double xx, double xy, double yx, double yy, double wobble, double radius, double pressure) {
    private static Hand any(RandomSource random) {
      double width = random.uniform(15, 24);
      double height = random.uniform(15, 21);
      double slant = Math.max(-0.3, Math.min(0.6, 0.15 + 0.2 * random.normal()));
      double angle = Math.max(-0.3, Math.min(0.3, 0.12 * random.normal()));
      double cos = StrictMath.cos(angle);
      double sin = StrictMath.sin(angle);
      // Size first, then the slant (the top goes to the right), then the rotation.
      double lean = -slant * height;
      return new Hand(cos * width, cos * lean - sin * height, sin * width, sin * lean + cos * height,
          random.uniform(0.01, 0.035), random.uniform(0.7, 1.9), random.uniform(-0.35, 0.35));
    }

    private double x(double x, double y) {
      return xx * x + xy * y;
    }

    private double y(double x, double y) {
      return yx * x + yy * y;
    }
  }
}
