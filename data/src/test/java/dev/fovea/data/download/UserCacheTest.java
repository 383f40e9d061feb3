package dev.fovea.data.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserCacheTest {
  private static final Path HOME = Path.of("/home/ada");

  @Test
  void isWhereTheSystemKeepsWhatCanBeHadAgain() {
    assertThat(UserCache.folder(Map.of(), "Linux", HOME)).isEqualTo(HOME.resolve(".cache/fovea"));
    assertThat(UserCache.folder(Map.of("XDG_CACHE_HOME", "/big"), "Linux", HOME)).isEqualTo(Path.of("/big/fovea"));
    assertThat(UserCache.folder(Map.of("XDG_CACHE_HOME", "relative"), "Linux", HOME))
        .isEqualTo(HOME.resolve(".cache/fovea"));
    assertThat(UserCache.folder(Map.of(), "Mac OS X", HOME)).isEqualTo(HOME.resolve("Library/Caches/fovea"));
    assertThat(UserCache.folder(Map.of(), "Windows 11", HOME)).isEqualTo(HOME.resolve("AppData/Local/fovea"));
    assertThat(UserCache.folder(Map.of("LOCALAPPDATA", "/local"), "Windows 11", HOME))
        .isEqualTo(Path.of("/local/fovea"));
  }

  @Test
  void canBeSet() {
    assertThat(UserCache.folder(Map.of("FOVEA_CACHE", "/data", "XDG_CACHE_HOME", "/big"), "Linux", HOME))
        .isEqualTo(Path.of("/data"));
    assertThat(UserCache.folder(Map.of("FOVEA_CACHE", " "), "Linux", HOME)).isEqualTo(HOME.resolve(".cache/fovea"));
  }
}
