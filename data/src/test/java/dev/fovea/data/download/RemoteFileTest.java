package dev.fovea.data.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemoteFileTest {
  private static final String SHA256 = "0123456789abcdef".repeat(4);
  private static final List<URI> HERE = List.of(URI.create("http://localhost/a"));

  @Test
  void isCalledWhatItsAddressEndsWith() {
    assertThat(RemoteFile.of("https://localhost/data/a-1.gz?version=2", 7, SHA256))
        .isEqualTo(new RemoteFile("a-1.gz", 7, SHA256, List.of(URI.create("https://localhost/data/a-1.gz?version=2"))));
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> new RemoteFile("../a", 7, SHA256, HERE))
        .hasMessage("remote file: expected a name of letters, digits, dots and dashes, got '../a'");
    assertThatThrownBy(() -> new RemoteFile("a", 0, SHA256, HERE))
        .hasMessage("remote file a: expected at least 1 byte, got 0");
    assertThatThrownBy(() -> new RemoteFile("a", 1, "ABC", HERE))
        .hasMessage("remote file a: expected a SHA-256 of 64 hexadecimal digits in lower case, got 'ABC'");
    assertThatThrownBy(() -> new RemoteFile("a", 1, SHA256, List.of()))
        .hasMessage("remote file a: expected at least one address, got none");
  }
}
