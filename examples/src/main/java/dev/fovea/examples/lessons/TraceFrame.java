package dev.fovea.examples.lessons;

import dev.fovea.examples.html.Html;
import dev.fovea.train.trace.Trace;

/**
 * A trace one can touch, for the browser only; it stands in a frame of its own, so that its script and style keep to
 * themselves.
 *
 * @param title what stands above it
 * @param trace what it shows
 */
record TraceFrame(String title, Trace trace) implements Part {
  @Override
  public String text(int width) {
    return Prose.wrapped("(" + title + ": --html FILE writes a page where each of these numbers can be pointed at.)",
        width);
  }

  @Override
  public String html() {
    return "<iframe title=\"" + Html.escaped(title) + "\" srcdoc=\"" + Html.escaped(trace.html(title)) + "\"></iframe>";
  }
}
