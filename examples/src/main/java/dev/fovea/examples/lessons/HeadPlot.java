package dev.fovea.examples.lessons;

import dev.fovea.examples.html.ChartStyle;
import dev.fovea.train.History;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws what a {@link HeadStudy} measured: accuracy by epoch for each amount of data, and the gaps. */
final class HeadPlot {
  private static final int WIDTH = 480;
  private static final int HEIGHT = 350;
  private static final int COLUMNS = 2;

  private HeadPlot() {}

  /** The runs of each amount of data, in order. */
  static BufferedImage of(List<List<HeadStudy.Run>> portions) {
    List<Chart<?, ?>> charts = new ArrayList<>();
    portions.forEach(runs -> charts.add(byEpoch(runs)));
    charts.add(gaps(portions.stream().map(HeadScore::of).toList()));
    int rows = (charts.size() + COLUMNS - 1) / COLUMNS;
    BufferedImage image = new BufferedImage(COLUMNS * WIDTH, rows * HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    for (int i = 0; i < charts.size(); i++) {
      Graphics2D place = (Graphics2D) graphics.create(i % COLUMNS * WIDTH, i / COLUMNS * HEIGHT, WIDTH, HEIGHT);
      charts.get(i).paint(place, WIDTH, HEIGHT);
      place.dispose();
    }
    graphics.dispose();
    return image;
  }

  private static XYChart byEpoch(List<HeadStudy.Run> runs) {
    XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT)
        .title(String.format(Locale.ROOT, "test accuracy, %,d pictures", runs.get(0).images()))
        .xAxisTitle("epoch").build();
    ChartStyle.apply(chart.getStyler());
    chart.getStyler().setYAxisMax(1.0).setYAxisDecimalPattern("0.00").setXAxisDecimalPattern("0");
    for (Head head : Head.values()) {
      double[] accuracy = byEpoch(runs, head);
      double[] epochs = IntStream.rangeClosed(1, accuracy.length).asDoubleStream().toArray();
      chart.addSeries(head.toString(), epochs, accuracy).setMarker(SeriesMarkers.CIRCLE);
    }
    return chart;
  }

  /** A head's accuracy after each epoch, the mean over its repeats. */
  static double[] byEpoch(List<HeadStudy.Run> runs, Head head) {
    List<History> repeats = runs.stream().filter(run -> run.head() == head).map(HeadStudy.Run::history).toList();
    return IntStream.range(0, repeats.get(0).epochs().size()).mapToDouble(epoch -> repeats.stream()
        .mapToDouble(history -> history.epochs().get(epoch).validationAccuracy()).average().orElseThrow()).toArray();
  }

  private static CategoryChart gaps(List<List<HeadScore>> portions) {
    CategoryChart chart = new CategoryChartBuilder().width(WIDTH).height(HEIGHT)
        .title("gap between training and test accuracy").xAxisTitle("pictures trained on").build();
    ChartStyle.apply(chart.getStyler());
    chart.getStyler().setYAxisDecimalPattern("0.000");
    List<String> amounts = portions.stream()
        .map(portion -> String.format(Locale.ROOT, "%,d", portion.get(0).images())).collect(Collectors.toList());
    for (Head head : Head.values()) {
      chart.addSeries(head.toString(), amounts, portions.stream()
          .map(portion -> portion.get(head.ordinal()).gap()).collect(Collectors.toList()));
    }
    return chart;
  }
}
