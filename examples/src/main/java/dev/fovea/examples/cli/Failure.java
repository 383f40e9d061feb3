package dev.fovea.examples.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What went wrong, in one line for people. */
final class Failure {
  private Failure() {}

  static String message(Throwable failure) {
    if (failure instanceof ExceptionInInitializerError && failure.getCause() != null) {
      return message(failure.getCause());
    }
    if (failure instanceof OutOfMemoryError) {
      return "out of memory: " + failure.getMessage()
          + "; give Java more, as with JAVA_OPTS=-Xmx4g, or take smaller batches";
    }
    if (failure instanceof FileSystemException file && file.getReason() == null) {
      return file.getFile() + ": " + (file instanceof NoSuchFileException ? "there is no such file"
          : file instanceof AccessDeniedException ? "access denied" : file.getClass().getSimpleName());
    }
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.toString() : message;
  }
}
