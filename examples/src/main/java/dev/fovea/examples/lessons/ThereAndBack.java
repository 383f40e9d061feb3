package dev.fovea.examples.lessons;

import dev.fovea.core.Tensor;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.Locale;

/**
 * A picture of small maps and of the vector a head makes of them: the values on their way there on the left, the
 * gradients on their way back on the right, a line between each pixel and the place of the vector that it went into.
 */
final class ThereAndBack {
  private static final int SCALE = 2;
  private static final int PANEL = 400;
  private static final int MARGIN = 24;
  private static final int TOP = 56;
  private static final int CELL_WIDTH = 62;
  private static final int CELL_HEIGHT = 30;
  private static final int ROW_GAP = 12;
  private static final int MAP_GAP = 48;
  private static final int VECTOR_X = 268;
  private static final int ARROW = 5;
  private static final Color INK = new Color(0x222222);
  private static final Color[] MAPS = {new Color(0x0072B2), new Color(0xB35900)};
  private static final Color LARGE = new Color(0x7FBF7B);
  private static final Color SMALL = new Color(0xC2A5CF);

  private final Tensor maps;
  private final Tensor vector;
  private final boolean back;
  private final Graphics2D graphics;
  private final int mapHeight;

  private ThereAndBack(Tensor maps, Tensor vector, boolean back, Graphics2D graphics) {
    this.maps = maps;
    this.vector = vector;
    this.back = back;
    this.graphics = graphics;
    this.mapHeight = maps.shape().dim(1) * (CELL_HEIGHT + ROW_GAP);
  }

  /**
   * The picture of one sample: a vector with a place for each pixel, or for each map.
   *
   * @param maps [C, H, W]
   * @param vector [C * H * W] or [C]
   * @param mapsGradient of the loss, at the maps
   * @param vectorGradient of the loss, at the vector
   */
  static BufferedImage of(Tensor maps, Tensor vector, Tensor mapsGradient, Tensor vectorGradient) {
    int mapHeight = maps.shape().dim(1) * (CELL_HEIGHT + ROW_GAP);
    int height = TOP + maps.shape().dim(0) * (mapHeight + MAP_GAP) - MAP_GAP + MARGIN;
    BufferedImage image = new BufferedImage(2 * PANEL * SCALE, height * SCALE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.scale(SCALE, SCALE);
    new ThereAndBack(maps, vector, false, graphics).draw("forward: values");
    graphics.translate(PANEL, 0);
    new ThereAndBack(mapsGradient, vectorGradient, true, graphics).draw("backward: gradients");
    graphics.dispose();
    return image;
  }

  private void draw(String title) {
    graphics.setColor(INK);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
    graphics.drawString(title, MARGIN, MARGIN);
    int pixels = maps.shape().size();
    for (int pixel = 0; pixel < pixels; pixel++) {
      line(pixel, place(pixel));
    }
    float largest = Math.max(largest(maps), largest(vector));
    int rows = maps.shape().dim(1);
    int columns = maps.shape().dim(2);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    for (int channel = 0; channel < maps.shape().dim(0); channel++) {
      graphics.setColor(color(channel));
      graphics.drawString("map " + channel, MARGIN, pixelY(channel * rows * columns) - 6);
    }
    for (int pixel = 0; pixel < pixels; pixel++) {
      cell(maps.data()[pixel], largest, pixelX(pixel), pixelY(pixel), CELL_HEIGHT);
    }
    for (int place = 0; place < vector.shape().size(); place++) {
      cell(vector.data()[place], largest, VECTOR_X, placeY(place), placeHeight());
      graphics.drawString("[" + place + "]", VECTOR_X + CELL_WIDTH + 6, baseline(placeY(place), placeHeight()));
    }
  }

  /** Where in the vector a pixel's value goes. */
  private int place(int pixel) {
    return vector.shape().size() == maps.shape().size() ? pixel : channel(pixel);
  }

  private int channel(int pixel) {
    return pixel / (maps.shape().dim(1) * maps.shape().dim(2));
  }

  private static Color color(int channel) {
    return MAPS[channel % MAPS.length];
  }

  private int pixelX(int pixel) {
    return MARGIN + pixel % maps.shape().dim(2) * CELL_WIDTH;
  }

  private int pixelY(int pixel) {
    int row = pixel / maps.shape().dim(2) % maps.shape().dim(1);
    return TOP + channel(pixel) * (mapHeight + MAP_GAP) + row * (CELL_HEIGHT + ROW_GAP);
  }

  /** How far the places of the vector are apart: together they are as high as the maps. */
  private int step() {
    int height = maps.shape().dim(0) * (mapHeight + MAP_GAP) - MAP_GAP - ROW_GAP;
    return height / vector.shape().size();
  }

  private int placeHeight() {
    return Math.min(step(), CELL_HEIGHT);
  }

  private int placeY(int place) {
    return TOP + place * step() + (step() - placeHeight()) / 2;
  }

  private int baseline(int y, int height) {
    FontMetrics metrics = graphics.getFontMetrics();
    return y + (height + metrics.getAscent() - metrics.getDescent()) / 2;
  }

  /** A pixel that has another to its right leaves through the gap below its row, so that no line crosses a number. */
  private void line(int pixel, int place) {
    boolean last = pixel % maps.shape().dim(2) == maps.shape().dim(2) - 1;
    double right = MARGIN + maps.shape().dim(2) * (double) CELL_WIDTH;
    double middle = pixelX(pixel) + CELL_WIDTH / 2.0;
    double leave = pixelY(pixel) + (last ? CELL_HEIGHT / 2.0 : CELL_HEIGHT + ROW_GAP / 2.0);
    double arrive = placeY(place) + placeHeight() / 2.0;
    Path2D path = new Path2D.Double();
    path.moveTo(last ? right : middle, last ? leave : pixelY(pixel) + CELL_HEIGHT);
    path.lineTo(last ? right : middle, leave);
    path.lineTo(right, leave);
    path.curveTo((right + VECTOR_X) / 2, leave, (right + VECTOR_X) / 2, arrive, VECTOR_X, arrive);
    graphics.setColor(color(channel(pixel)));
    graphics.setStroke(new BasicStroke(1.4f));
    graphics.draw(path);
    if (!back) {
      arrow(VECTOR_X, arrive, 1, 0);
    } else if (last) {
      arrow(right, leave, -1, 0);
    } else {
      arrow(middle, pixelY(pixel) + (double) CELL_HEIGHT, 0, -1);
    }
  }

  /** The head of an arrow that ends there and points in this direction: one of dx and dy is 1 or -1, the other 0. */
  private void arrow(double x, double y, int dx, int dy) {
    Path2D head = new Path2D.Double();
    head.moveTo(x, y);
    head.lineTo(x - ARROW * (dx + dy), y - ARROW * (dy + dx));
    head.lineTo(x - ARROW * (dx - dy), y - ARROW * (dy - dx));
    head.closePath();
    graphics.fill(head);
  }

  private void cell(float value, float largest, int x, int y, int height) {
    graphics.setColor(shade(value / largest));
    graphics.fillRect(x, y, CELL_WIDTH, height);
    graphics.setColor(INK);
    graphics.setStroke(new BasicStroke(1f));
    graphics.drawRect(x, y, CELL_WIDTH, height);
    String text = String.format(Locale.ROOT, back ? "%.4f" : "%.2f", value);
    graphics.drawString(text, x + (CELL_WIDTH - graphics.getFontMetrics().stringWidth(text)) / 2, baseline(y, height));
  }

  /** White for 0, the more colour the further from it, another one on either side. */
  private static Color shade(float part) {
    Color full = part < 0 ? SMALL : LARGE;
    float strength = Math.min(1, Math.abs(part));
    return new Color(mixed(full.getRed(), strength), mixed(full.getGreen(), strength), mixed(full.getBlue(), strength));
  }

  private static int mixed(int full, float strength) {
    return Math.round(255 - (255 - full) * strength);
  }

  private static float largest(Tensor tensor) {
    float largest = Float.MIN_NORMAL;
    for (float value : tensor.data()) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
