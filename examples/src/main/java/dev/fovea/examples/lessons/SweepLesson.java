package dev.fovea.examples.lessons;

import dev.fovea.core.Shape;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.GlobalAveragePooling;
import dev.fovea.layers.Layer;
import dev.fovea.layers.Sequential;
import java.awt.Color;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** What a head costs in parameters, as the maps in front of it grow. */
final class SweepLesson implements Lesson {
  static final List<Integer> SIDES = List.of(2, 4, 7, 14, 28);
  private static final int CHANNELS = 2;
  private static final int CLASSES = 3;
  /** As in a model's summary. */
  private static final double MB = 0x1p20;
  private static final int WIDTH = 800;
  private static final int HEIGHT = 500;

  @Override
  public String name() {
    return "sweep";
  }

  @Override
  public String title() {
    return "What a flatten head and a pooled head cost, as the maps grow";
  }

  @Override
  public Set<String> options() {
    return Set.of("--plot");
  }

  /**
   * A head's parameters, counted from shapes alone: a model's parameters are allocated when they are first needed, and
   * here nobody needs them.
   */
  static long parameters(Shape maps, Layer vector, int classes) {
    return Sequential.of(maps, 0L, vector, Dense.of(classes)).parameterCount();
  }

  static long flattened(int channels, int side, int classes) {
    return parameters(Shape.of(channels, side, side), Flatten.of(), classes);
  }

  static long pooled(int channels, int side, int classes) {
    return parameters(Shape.of(channels, side, side), GlobalAveragePooling.of(), classes);
  }

  @Override
  public void show(Page page) throws IOException {
    page.heading("The same channels and classes, larger and larger maps");
    page.text(String.format(Locale.ROOT, "%d maps go into %d classes. A dense layer has a weight for every pair of a "
        + "value that comes in and a class, and a bias for every class. Behind flatten the values are channels x "
        + "height x width, behind global average pooling (GAP) they are the channels alone.", CHANNELS, CLASSES));
    Table table = Table.of("maps", "values", "flatten + dense", "GAP + dense", "times as many");
    for (int side : SIDES) {
      table.row(side + "x" + side, CHANNELS * side * side, flattened(CHANNELS, side, CLASSES),
          pooled(CHANNELS, side, CLASSES), ratio(CHANNELS, side, CLASSES));
    }
    page.table(table);
    int last = SIDES.get(SIDES.size() - 1);
    long biases = CLASSES;
    page.text(String.format(Locale.ROOT, "From %dx%d to %dx%d the side doubles and the weights become %d times as "
            + "many: they go with the square of the side. Behind GAP the side does not appear at all.",
        last / 2, last / 2, last, last, (flattened(CHANNELS, last, CLASSES) - biases)
            / (flattened(CHANNELS, last / 2, CLASSES) - biases)));
    page.picture("Parameters of the head against the side of the maps", BitmapEncoder.getBufferedImage(plot()));

    page.heading("Two more");
    page.table(Table.of("maps", "classes", "flatten + dense", "GAP + dense", "times as many")
        .row("4 of 3x3", 5, flattened(4, 3, 5), pooled(4, 3, 5), ratio(4, 3, 5))
        .row("512 of 7x7", 1000, flattened(512, 7, 1000), pooled(512, 7, 1000), ratio(512, 7, 1000)));
    page.text(String.format(Locale.ROOT, "The last is how VGG-like networks end, were they to classify at once: %,d "
        + "parameters, %.0f MB as float32. Counting them took none of that memory, for a model here asks for its "
        + "parameters only when it computes.", flattened(512, 7, 1000),
        flattened(512, 7, 1000) * Float.BYTES / MB));
    page.remember("Flatten + dense costs channels x height x width x classes weights; GAP + dense costs channels x "
            + "classes.",
        "Twice the side, four times the weights. That is why networks pool before they flatten, or do not flatten.",
        "The price is in the dense layer. Flatten itself has no parameters.");
  }

  private static String ratio(int channels, int side, int classes) {
    return String.format(Locale.ROOT, "%.1f",
        flattened(channels, side, classes) / (double) pooled(channels, side, classes));
  }

  /** Both heads over the sides; colours as in the case study of the heads. */
  static XYChart plot() {
    XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT)
        .title(CHANNELS + " maps into " + CLASSES + " classes")
        .xAxisTitle("side of the maps").yAxisTitle("parameters of the head").build();
    chart.getStyler().setSeriesColors(new Color[] {new Color(0xD55E00), new Color(0x0072B2)})
        .setChartBackgroundColor(Color.WHITE).setPlotBorderColor(Color.LIGHT_GRAY)
        .setLegendBorderColor(Color.LIGHT_GRAY).setLegendPosition(LegendPosition.InsideNW);
    chart.getStyler().setXAxisDecimalPattern("0").setYAxisDecimalPattern("#,##0").setYAxisMin(0.0);
    chart.addSeries("flatten + dense", SIDES, SIDES.stream().map(side -> flattened(CHANNELS, side, CLASSES)).toList())
        .setMarker(SeriesMarkers.CIRCLE);
    chart.addSeries("GAP + dense", SIDES, SIDES.stream().map(side -> pooled(CHANNELS, side, CLASSES)).toList())
        .setMarker(SeriesMarkers.CIRCLE);
    return chart;
  }
}
