package dev.fovea.examples.report;

import dev.fovea.examples.html.ChartStyle;
import dev.fovea.examples.html.Png;
import dev.fovea.train.ConfusionMatrix;
import dev.fovea.train.History;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The charts of a report, as PNG files of twice the size they are shown in. */
final class Charts {
  static final int WIDTH = 480;
  private static final int HEIGHT = 340;
  private static final int SHARPNESS = 2;

  private Charts() {}

  /** The loss by epoch, in training and validation. */
  static byte[] loss(History history) {
    XYChart chart = byEpoch("loss");
    add(chart, history, "training", History.Epoch::loss);
    add(chart, history, "validation", History.Epoch::validationLoss);
    return png(chart, HEIGHT);
  }

  /** The accuracy by epoch, in training and validation. */
  static byte[] accuracy(History history) {
    XYChart chart = byEpoch("accuracy");
    add(chart, history, "training", History.Epoch::accuracy);
    add(chart, history, "validation", History.Epoch::validationAccuracy);
    return png(chart, HEIGHT);
  }

  /** The learning rate by epoch. */
  static byte[] rate(History history) {
    XYChart chart = byEpoch("learning rate");
    chart.getStyler().setYAxisDecimalPattern("0.#E0").setLegendVisible(false);
    add(chart, history, "rate", History.Epoch::rate);
    return png(chart, HEIGHT);
  }

  /**
   * How often the model is right, by how sure it is.
   *
   * @param confidence how sure it is on the average, for each group of samples
   * @param accuracy the share it is right in, for each group
   */
  static byte[] reliability(List<Double> confidence, List<Double> accuracy) {
    XYChart chart = new XYChartBuilder().width(WIDTH).height(WIDTH).title("reliability")
        .xAxisTitle("how sure the model is").yAxisTitle("how often it is right").build();
    ChartStyle.apply(chart.getStyler());
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.0).setYAxisMin(0.0).setYAxisMax(1.0)
        .setXAxisDecimalPattern("0.0").setYAxisDecimalPattern("0.0");
    chart.addSeries("this model", confidence, accuracy).setMarker(SeriesMarkers.CIRCLE);
    chart.addSeries("a perfect judge of itself", List.of(0.0, 1.0), List.of(0.0, 1.0))
        .setMarker(SeriesMarkers.NONE).setLineColor(Color.GRAY);
    return png(chart, WIDTH);
  }

  /** Which class was taken for which: the share of the row. */
  static byte[] confusion(ConfusionMatrix matrix) {
    int classes = matrix.classNames().size();
    HeatMapChart chart = new HeatMapChartBuilder().width(WIDTH).height(WIDTH).title("what was taken for what")
        .xAxisTitle("taken for").yAxisTitle("is").build();
    chart.getStyler().setChartBackgroundColor(Color.WHITE).setChartTitleBoxVisible(false);
    chart.getStyler().setRangeColors(new Color[] {Color.WHITE, new Color(0x0072B2)});
    List<Number[]> cells = new ArrayList<>();
    List<String> downwards = new ArrayList<>(matrix.classNames());
    Collections.reverse(downwards);
    for (int actual = 0; actual < classes; actual++) {
      int right = matrix.count(actual, actual);
      double all = right == 0 ? 1 : right / matrix.recall(actual);
      for (int predicted = 0; predicted < classes; predicted++) {
        cells.add(new Number[] {predicted, classes - 1 - actual, matrix.count(actual, predicted) / all});
      }
    }
    chart.addSeries("share", matrix.classNames(), downwards, cells);
    return png(chart, WIDTH);
  }

  private static XYChart byEpoch(String what) {
    XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).title(what).xAxisTitle("epoch").build();
    ChartStyle.apply(chart.getStyler());
    chart.getStyler().setXAxisDecimalPattern("0");
    return chart;
  }

  /** A line for those epochs in which there is such a figure. */
  private static void add(XYChart chart, History history, String name, ToDoubleFunction<History.Epoch> figure) {
    List<History.Epoch> epochs =
        history.epochs().stream().filter(epoch -> Double.isFinite(figure.applyAsDouble(epoch))).toList();
    if (!epochs.isEmpty()) {
      chart.addSeries(name, epochs.stream().mapToDouble(History.Epoch::number).toArray(),
          epochs.stream().mapToDouble(figure).toArray()).setMarker(SeriesMarkers.CIRCLE);
    }
  }

  private static byte[] png(Chart<?, ?> chart, int height) {
    BufferedImage image = new BufferedImage(WIDTH * SHARPNESS, height * SHARPNESS, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.scale(SHARPNESS, SHARPNESS);
    chart.paint(graphics, WIDTH, height);
    graphics.dispose();
    return Png.bytes(image);
  }
}
