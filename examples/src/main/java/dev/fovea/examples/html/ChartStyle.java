package dev.fovea.examples.html;

import java.awt.Color;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** How charts look. */
public final class ChartStyle {
  /** Told apart by eyes of all kinds (Okabe and Ito, "Color universal design", 2008). */
  private static final Color[] COLORS =
      {new Color(0xD55E00), new Color(0xE69F00), new Color(0x0072B2), new Color(0x009E73)};
  private static final int MARKER = 5;

  private ChartStyle() {}

  /** Gives a chart its colours, light borders, and a legend below. */
  public static void apply(AxesChartStyler styler) {
    styler.setSeriesColors(COLORS).setChartBackgroundColor(Color.WHITE).setChartTitleBoxVisible(false)
        .setLegendBorderColor(Color.LIGHT_GRAY).setPlotBorderColor(Color.LIGHT_GRAY).setMarkerSize(MARKER)
        .setLegendPosition(LegendPosition.OutsideS).setLegendLayout(LegendLayout.Horizontal);
  }
}
