package dev.fovea.data.image;

import dev.fovea.core.kernels.Parallel;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a data set of listed files: decodes each once, keeps what fits the cache, sorts out what cannot be read. */
final class ImageOpening {
  private static final Logger LOG = LoggerFactory.getLogger(ImageFolder.class);
  /** What an array takes beside its bytes. */
  private static final int ARRAY = 16;
  /** So many names are given where there may be thousands. */
  private static final int NAMED = 5;

  private final Path path;
  private final List<Listing.Entry> entries;
  private final Listing listing;
  private final ImageLoader loader;
  private final boolean strict;
  private final ImageFolder.Progress progress;
  private final byte[][] pixels;
  private final int cached;
  private final IOException[] problems;
  /** The first entry whose problem ends the opening; those behind it need not be looked into. */
  private final AtomicInteger end;
  private final Thread opener = Thread.currentThread();
  private int done;

  ImageOpening(Path path, Listing listing, ImageLoader loader, long cacheBytes, boolean strict,
      ImageFolder.Progress progress) {
    this.path = path;
    this.listing = listing;
    this.entries = listing.entries();
    this.loader = loader;
    this.strict = strict;
    this.progress = progress;
    this.pixels = new byte[entries.size()][];
    this.cached = (int) Math.min(entries.size(), cacheBytes / (loader.sampleShape().elements() + ARRAY));
    this.problems = new IOException[entries.size()];
    this.end = new AtomicInteger(entries.size());
  }

  /** The data set, with the classes found if none are given. */
  ImageDataset open(List<String> givenClasses) throws IOException {
    if (!givenClasses.isEmpty()) {
      checkClasses(givenClasses);
    }
    Parallel.run(entries.size(), this::look);
    if (end.get() < entries.size()) {
      throw problems[end.get()];
    }
    List<SkippedImage> skipped = new ArrayList<>(listing.skipped());
    List<Integer> good = new ArrayList<>();
    for (int i = 0; i < problems.length; i++) {
      if (problems[i] == null) {
        good.add(i);
      } else {
        skipped.add(new SkippedImage(entries.get(i).file(), ((ImageException) problems[i]).problem()));
      }
    }
    if (good.isEmpty()) {
      throw new ImageException(path, skipped.isEmpty() ? "the folders of the classes hold no files"
          : "none of its pictures can be read, " + skipped.size() + " in all; the first: " + skipped.get(0));
    }
    if (!skipped.isEmpty()) {
      LOG.warn("{}: left out {} of {} files; the first: {}",
          path, skipped.size(), skipped.size() + good.size(), skipped.get(0));
    }
    return dataset(good, givenClasses.isEmpty() ? classes(good) : givenClasses, skipped);
  }

  private void look(int index) {
    if (index > end.get()) {
      return;
    }
    try {
      if (opener.isInterrupted()) {
        throw new InterruptedIOException(path + ": interrupted while its pictures were read");
      }
      byte[] bytes = loader.bytes(entries.get(index).file());
      pixels[index] = index < cached ? bytes : null;
    } catch (IOException e) {
      problems[index] = e;
      if (strict || !(e instanceof ImageException)) {
        end.accumulateAndGet(index, Math::min);
      }
    }
    synchronized (this) {
      progress.opened(++done, entries.size());
    }
  }

  private void checkClasses(List<String> given) throws ImageException {
    Set<String> known = new HashSet<>(given);
    for (String name : listing.classNames()) {
      if (!known.contains(name)) {
        throw new ImageException(path, "the class '" + name + "' is none of the expected: " + some(given));
      }
    }
  }

  /** The classes that have a picture; says so if some have none, or two are nearly of one name. */
  private List<String> classes(List<Integer> good) throws ImageException {
    Set<String> used = new HashSet<>();
    good.forEach(index -> used.add(entries.get(index).label()));
    List<String> names = listing.classNames().stream().filter(used::contains).toList();
    if (names.size() < listing.classNames().size()) {
      List<String> empty = listing.classNames().stream().filter(name -> !used.contains(name)).toList();
      if (strict) {
        throw new ImageException(path, "the class '" + empty.get(0) + "' has no picture");
      }
      LOG.warn("{}: left out {} of {} classes, for they have no picture that can be read: {}",
          path, empty.size(), listing.classNames().size(), some(empty));
    }
    Map<String, String> alike = new HashMap<>();
    for (String name : names) {
      String before = alike.putIfAbsent(
          Normalizer.normalize(name, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT), name);
      if (before != null) {
        LOG.warn("{}: '{}' and '{}' are two classes, though their names hardly differ", path, before, name);
      }
    }
    return names;
  }

  private static String some(List<String> names) {
    return String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
        + (names.size() > NAMED ? ", ... (" + names.size() + " in all)" : "");
  }

  private ImageDataset dataset(List<Integer> good, List<String> names, List<SkippedImage> skipped) {
    Map<String, Integer> labelOf = new HashMap<>();
    names.forEach(name -> labelOf.put(name, labelOf.size()));
    Path[] files = new Path[good.size()];
    int[] labels = new int[good.size()];
    byte[][] kept = new byte[good.size()][];
    Arrays.setAll(files, i -> entries.get(good.get(i)).file());
    Arrays.setAll(labels, i -> labelOf.get(entries.get(good.get(i)).label()));
    Arrays.setAll(kept, i -> pixels[good.get(i)]);
    return new ImageDataset(loader, files, labels, kept, names, skipped);
  }
}
