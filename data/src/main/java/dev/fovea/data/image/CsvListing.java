package dev.fovea.data.image;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Reads which files are pictures of which classes from a table with a header. */
final class CsvListing {
  private final Path csv;
  private final Map<Path, Csv.Row> seen = new HashMap<>();

  private CsvListing(Path csv) {
    this.csv = csv;
  }

  /**
   * What a table lists, in its order; the classes in the order of their names. A file that stands there twice is taken
   * once.
   *
   * @throws ImageException if there is no such file, it is no such table, lacks a column, or gives a file two classes
   */
  static Listing of(Path csv, String fileColumn, String labelColumn) throws IOException {
    return new CsvListing(csv).listing(fileColumn, labelColumn);
  }

  private Listing listing(String fileColumn, String labelColumn) throws IOException {
    List<Csv.Row> rows = Csv.read(csv);
    List<String> header = rows.isEmpty() ? List.of() : rows.get(0).fields();
    int fileAt = header.indexOf(fileColumn);
    int labelAt = header.indexOf(labelColumn);
    if (fileAt < 0 || labelAt < 0) {
      throw new ImageException(csv, "expected a header with the columns '" + fileColumn + "' and '" + labelColumn
          + "', got " + (header.isEmpty() ? "an empty file" : "'" + String.join(",", header) + "'"));
    }
    List<Listing.Entry> entries = new ArrayList<>();
    List<SkippedImage> skipped = new ArrayList<>();
    TreeSet<String> classes = new TreeSet<>();
    for (Csv.Row row : rows.subList(1, rows.size())) {
      if (row.fields().size() != header.size()) {
        throw broken(row, "expected " + header.size() + " fields as in the header, got " + row.fields().size());
      }
      String label = row.fields().get(labelAt);
      if (label.isEmpty()) {
        throw broken(row, "the label is empty");
      }
      Path file = file(row, row.fields().get(fileAt));
      Csv.Row before = seen.putIfAbsent(file.toAbsolutePath().normalize(), row);
      if (before == null) {
        entries.add(new Listing.Entry(file, label));
        classes.add(label);
      } else if (before.fields().get(labelAt).equals(label)) {
        skipped.add(new SkippedImage(file, "listed twice, in the lines " + before.line() + " and " + row.line()));
      } else {
        throw broken(row, "the file " + row.fields().get(fileAt) + " has the label '" + label + "', and in line "
            + before.line() + " '" + before.fields().get(labelAt) + "'");
      }
    }
    if (entries.isEmpty()) {
      throw new ImageException(csv, "expected at least one line behind the header, found none");
    }
    return new Listing(entries, List.copyOf(classes), skipped);
  }

  /** A name is relative to the folder of the table. */
  private Path file(Csv.Row row, String name) throws ImageException {
    try {
      if (name.isEmpty()) {
        throw new InvalidPathException(name, "the name of the file is empty");
      }
      return csv.resolveSibling(name);
    } catch (InvalidPathException e) {
      throw broken(row, e.getReason());
    }
  }

  private ImageException broken(Csv.Row row, String problem) {
    return new ImageException(csv, "line " + row.line() + ": " + problem);
  }
}
