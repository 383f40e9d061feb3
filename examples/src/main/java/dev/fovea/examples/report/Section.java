package dev.fovea.examples.report;

import java.util.Map;

/** A part of a report. */
interface Section {
  /** What stands above it. */
  String heading();

  /** It, as HTML below its heading; an empty text if there is nothing to tell. */
  String html(Subject subject);

  /** Its pictures as PNG files, by their names without the ending. */
  default Map<String, byte[]> pictures(Subject subject) {
    return Map.of();
  }
}
