package dev.fovea.data.download;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The folder where downloaded data sets are kept: the one that this system has for what can be had again. */
public final class UserCache {
  private UserCache() {}

  /**
   * {@code FOVEA_CACHE} if it is set; else {@code fovea} in the user's cache folder: {@code LOCALAPPDATA} on Windows,
   * {@code ~/Library/Caches} on macOS, {@code XDG_CACHE_HOME} or {@code ~/.cache} elsewhere (XDG base directory
   * specification). The folder need not be there yet.
   */
  public static Path folder() {
    return folder(System.getenv(), System.getProperty("os.name"), Path.of(System.getProperty("user.home")));
  }

  static Path folder(Map<String, String> environment, String system, Path home) {
    Function<String, Path> set = name -> {
      String value = environment.get(name);
      return value == null || value.isBlank() ? null : Path.of(value);
    };
    if (set.apply("FOVEA_CACHE") != null) {
      return set.apply("FOVEA_CACHE");
    }
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return or(set.apply("LOCALAPPDATA"), home.resolve("AppData").resolve("Local")).resolve("fovea");
    }
    if (name.startsWith("mac")) {
      return home.resolve("Library").resolve("Caches").resolve("fovea");
    }
    Path xdg = set.apply("XDG_CACHE_HOME");
    // The specification: a path that is not absolute is to be ignored.
    return or(xdg != null && xdg.isAbsolute() ? xdg : null, home.resolve(".cache")).resolve("fovea");
  }

  private static Path or(Path first, Path otherwise) {
    return first == null ? otherwise : first;
  }
}
