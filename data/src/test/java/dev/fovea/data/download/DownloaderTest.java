package dev.fovea.data.download;

import static dev.fovea.data.download.FileServer.otherPart;
import static dev.fovea.data.download.FileServer.stalled;
import static dev.fovea.data.download.FileServer.status;
import static dev.fovea.data.download.FileServer.truncated;
import static dev.fovea.data.download.FileServer.whole;
import static dev.fovea.data.download.FileServer.wholeAnyway;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DownloaderTest {
  private static final byte[] CONTENT = new byte[200_000];
  private static final String SHA256 = "64950dbf3902e5024ab38037912f268ae0778b5d949b11eb84bb6151516f0c42";

  static {
    new Random(1).nextBytes(CONTENT);
  }

  @TempDir
  private Path dir;

  private final List<Long> arrived = new ArrayList<>();
  private final Downloader downloader = Downloader.standard().withPause(Duration.ZERO)
      .withListener((file, bytes) -> arrived.add(bytes));

  private RemoteFile file(FileServer server) {
    return RemoteFile.of(server.address("digits.gz"), CONTENT.length, SHA256);
  }

  private void assertWhole() throws IOException {
    assertThat(dir.resolve("digits.gz")).hasBinaryContent(CONTENT);
    assertThat(dir.resolve("digits.gz.part")).doesNotExist();
    assertThat(arrived).last().isEqualTo((long) CONTENT.length);
  }

  @Test
  void downloadsOnce() throws IOException {
    try (FileServer server = new FileServer(whole(CONTENT))) {
      Path file = downloader.fetch(file(server), dir);
      assertThat(file).isEqualTo(dir.resolve("digits.gz"));
      assertWhole();
      assertThat(arrived).isSorted();
      assertThat(downloader.fetch(file(server), dir)).isEqualTo(file);
      assertThat(server.ranges()).containsExactly("");
    }
  }

  @Test
  void makesTheFolder() throws IOException {
    try (FileServer server = new FileServer(whole(CONTENT))) {
      assertThat(downloader.fetch(file(server), dir.resolve("a/b"))).hasBinaryContent(CONTENT);
    }
  }

  @Test
  void goesOnWhereTheTransferBrokeOff() throws IOException {
    try (FileServer server = new FileServer(truncated(CONTENT, 70_000), truncated(CONTENT, 50_000), whole(CONTENT))) {
      downloader.fetch(file(server), dir);
      assertWhole();
      assertThat(server.ranges()).containsExactly("", "bytes=70000-", "bytes=120000-");
    }
  }

  @Test
  void goesOnAfterAStall() throws IOException {
    try (FileServer server = new FileServer(stalled(CONTENT, 1_000), whole(CONTENT))) {
      downloader.withTimeout(Duration.ofMillis(1500)).fetch(file(server), dir);
      assertWhole();
      assertThat(server.ranges()).containsExactly("", "bytes=1000-");
    }
  }

  @Test
  void goesOnWithWhatAnEarlierRunLeft() throws IOException {
    try (FileServer server = new FileServer(truncated(CONTENT, 3_000))) {
      assertThatThrownBy(() -> downloader.withAttempts(1).fetch(file(server), dir))
          .isInstanceOf(DownloadException.class).hasMessage("""
              digits.gz: could not be downloaded:
                %s: the transfer broke off after 3000 of 200000 bytes
              To do it by hand: get %1$s and put it there as %s (200000 bytes, SHA-256 %s)""",
              server.address("digits.gz"), dir.resolve("digits.gz"), SHA256);
    }
    assertThat(dir.resolve("digits.gz")).doesNotExist();
    assertThat(dir.resolve("digits.gz.part")).hasSize(3_000);
    try (FileServer server = new FileServer(whole(CONTENT))) {
      downloader.fetch(file(server), dir);
      assertWhole();
      assertThat(server.ranges()).containsExactly("bytes=3000-");
    }
  }

  @Test
  void aFinishedPartNeedsNoServer() throws IOException {
    Files.write(dir.resolve("digits.gz.part"), CONTENT);
    downloader.fetch(RemoteFile.of("http://127.0.0.1:1/digits.gz", CONTENT.length, SHA256), dir);
    assertWhole();
  }

  @Test
  void beginsAnewWhereTheServerKnowsNoParts() throws IOException {
    try (FileServer server = new FileServer(truncated(CONTENT, 500), wholeAnyway(CONTENT))) {
      downloader.fetch(file(server), dir);
      assertWhole();
    }
  }

  @Test
  void beginsAnewAfterAnotherPartThanItAskedFor() throws IOException {
    try (FileServer server = new FileServer(truncated(CONTENT, 500), otherPart(CONTENT), whole(CONTENT))) {
      downloader.fetch(file(server), dir);
      assertWhole();
      assertThat(server.ranges()).containsExactly("", "bytes=500-", "");
    }
  }

  @Test
  void beginsAnewAfterAWrongByte() throws IOException {
    byte[] wrong = CONTENT.clone();
    wrong[12_345] ^= 1;
    try (FileServer server = new FileServer(whole(wrong), whole(CONTENT))) {
      downloader.fetch(file(server), dir);
      assertWhole();
      assertThat(server.ranges()).containsExactly("", "");
    }
  }

  @Test
  void beginsAnewWherePartsAreRefused() throws IOException {
    Files.write(dir.resolve("digits.gz.part"), new byte[9]);
    try (FileServer server = new FileServer(status("416 Range Not Satisfiable"))) {
      assertThatThrownBy(() -> downloader.fetch(file(server), dir))
          .hasMessageContaining(server.address("digits.gz") + ": the server answered 416\n");
    }
    assertThat(dir.resolve("digits.gz.part")).isEmptyFile();
  }

  @Test
  void refusesAFileThatStaysWrong() throws IOException {
    byte[] wrong = new byte[CONTENT.length];
    byte[] longer = new byte[CONTENT.length + 1];
    try (FileServer server = new FileServer(whole(wrong), whole(longer))) {
      assertThatThrownBy(() -> downloader.withAttempts(2).fetch(file(server), dir))
          .isInstanceOf(DownloadException.class).hasMessage("""
              digits.gz: could not be downloaded:
                %s: what arrived has the SHA-256 %s, expected %s
                %1$s: the server sent more than the 200000 bytes that the file has
              To do it by hand: get %1$s and put it there as %s (200000 bytes, SHA-256 %3$s)""",
              server.address("digits.gz"), "4cbbd9be0cba685835755f827758705db5a413c5494c34262cd25946a73e7582", SHA256,
              dir.resolve("digits.gz"));
    }
    assertThat(dir.resolve("digits.gz")).doesNotExist();
  }

  @Test
  void doesNotAskAgainForWhatIsNotThere() throws IOException {
    try (FileServer server = new FileServer(status("404 Not Found"), whole(CONTENT))) {
      assertThatThrownBy(() -> downloader.fetch(file(server), dir))
          .isInstanceOf(DownloadException.class).hasMessage("""
              digits.gz: could not be downloaded:
                %s: the server answered 404
              To do it by hand: get %1$s and put it there as %s (200000 bytes, SHA-256 %s)""",
              server.address("digits.gz"), dir.resolve("digits.gz"), SHA256);
      assertThat(server.ranges()).containsExactly("");
    }
  }

  @Test
  void asksABusyServerAgain() throws IOException {
    try (FileServer server =
        new FileServer(status("503 Service Unavailable"), status("429 Too Many Requests"), whole(CONTENT))) {
      downloader.fetch(file(server), dir);
      assertWhole();
    }
  }

  @Test
  void triesTheNextAddress() throws IOException {
    try (FileServer gone = new FileServer(status("404 Not Found")); FileServer other = new FileServer(whole(CONTENT))) {
      downloader.fetch(new RemoteFile("digits.gz", CONTENT.length, SHA256,
          List.of(URI.create(gone.address("digits.gz")), URI.create(other.address("copy/digits.gz")))), dir);
      assertWhole();
    }
  }

  @Test
  void saysThatThereIsNoConnection() throws IOException {
    String address;
    try (FileServer server = new FileServer()) {
      address = server.address("digits.gz");
    }
    assertThatThrownBy(() -> downloader.fetch(RemoteFile.of(address, CONTENT.length, SHA256), dir))
        .isInstanceOf(DownloadException.class)
        .hasMessageStartingWith("digits.gz: could not be downloaded:\n  " + address + ": no connection: ");
  }

  @Test
  void refusesAFileOfAnotherLength() throws IOException {
    Files.write(dir.resolve("digits.gz"), new byte[3]);
    assertThatThrownBy(() -> downloader.fetch(RemoteFile.of("http://127.0.0.1:1/digits.gz", 9, SHA256), dir))
        .isInstanceOf(IOException.class).hasMessage(dir.resolve("digits.gz") + ": expected 9 bytes, got 3; it is not"
            + " the file that is published, or not all of it: delete it, and it is downloaded anew");
  }

  @Test
  void saysThatItWasInterrupted() throws IOException {
    try (FileServer server = new FileServer(stalled(CONTENT, 10))) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> downloader.fetch(file(server), dir)).isInstanceOf(IOException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void refusesWrongSettings() {
    assertThatThrownBy(() -> downloader.withAttempts(0))
        .hasMessage("downloader: attempts must be at least 1, got 0");
    assertThatThrownBy(() -> downloader.withTimeout(Duration.ZERO))
        .hasMessage("downloader: timeout must be from 1 ms to 24 days, got PT0S");
    assertThatThrownBy(() -> downloader.withPause(Duration.ofSeconds(-1)))
        .hasMessage("downloader: pause must be at least 0, got PT-1S");
  }
}
