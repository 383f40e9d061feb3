package dev.fovea.data.download;

import java.io.IOException;

/** A file could not be downloaded. The message says what was tried, and how to put the file there by hand. */
public final class DownloadException extends IOException {
  private static final long serialVersionUID = 1L;

  DownloadException(String message, Throwable cause) {
    super(message, cause);
  }
}
