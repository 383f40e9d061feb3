package dev.fovea.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FailureTest {
  @Test
  void saysWhatWentWrong() {
    assertThat(Failure.message(new IOException("a.json: broken"))).isEqualTo("a.json: broken");
    assertThat(Failure.message(new NoSuchFileException("a.json"))).isEqualTo("a.json: there is no such file");
    assertThat(Failure.message(new AccessDeniedException("a.json"))).isEqualTo("a.json: access denied");
    assertThat(Failure.message(new DirectoryNotEmptyException("a"))).isEqualTo("a: DirectoryNotEmptyException");
    assertThat(Failure.message(new NoSuchFileException("a", null, "expected a folder")))
        .isEqualTo("a: expected a folder");
    assertThat(Failure.message(new OutOfMemoryError("Java heap space"))).isEqualTo(
        "out of memory: Java heap space; give Java more, as with JAVA_OPTS=-Xmx4g, or take smaller batches");
    assertThat(Failure.message(new IllegalStateException())).isEqualTo("java.lang.IllegalStateException");
    assertThat(Failure.message(new ExceptionInInitializerError(new IllegalArgumentException("fovea.threads: no"))))
        .isEqualTo("fovea.threads: no");
  }
}
