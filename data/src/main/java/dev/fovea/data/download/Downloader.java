package dev.fovea.data.download;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Downloads files over HTTP: what was interrupted goes on where it stopped, what arrives is checked by length and
 * SHA-256, and only then gets its name. So a file of that name is whole, and nothing else is ever read.
 *
 * <p>What has arrived so far lies beside it as {@code NAME.part}. A transfer that breaks off, stalls, or meets a server
 * that is busy (status 429 or 5xx) is tried again, each time from where it stopped; what never can work (404) is not.
 * Two programs that want the same file wait for each other.
 *
 * <p>These are settings and do not change; the withers return new ones.
 */
public final class Downloader {
  private static final Logger LOG = LoggerFactory.getLogger(Downloader.class);
  private static final int ATTEMPTS = 4;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int TOO_MANY_REQUESTS = 429;

  private final int attempts;
  private final Duration timeout;
  private final Duration pause;
  private final DownloadListener listener;

  private Downloader(int attempts, Duration timeout, Duration pause, DownloadListener listener) {
    if (attempts < 1) {
      throw new IllegalArgumentException("downloader: attempts must be at least 1, got " + attempts);
    }
    if (timeout.isNegative() || timeout.toMillis() == 0 || timeout.toMillis() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("downloader: timeout must be from 1 ms to 24 days, got " + timeout);
    }
    if (pause.isNegative()) {
      throw new IllegalArgumentException("downloader: pause must be at least 0, got " + pause);
    }
    this.attempts = attempts;
    this.timeout = timeout;
    this.pause = pause;
    this.listener = listener;
  }

  /** Four attempts at each address; 30 seconds without a byte are a stall; pauses of 1, 2 and 4 seconds in between. */
  public static Downloader standard() {
    return new Downloader(ATTEMPTS, TIMEOUT, PAUSE, DownloadListener.NONE);
  }

  /**
   * These settings with so many attempts at each address.
   *
   * @throws IllegalArgumentException if that is below 1
   */
  public Downloader withAttempts(int attempts) {
    return new Downloader(attempts, timeout, pause, listener);
  }

  /**
   * These settings with another time after which a server that says nothing is given up on.
   *
   * @throws IllegalArgumentException if that is not from 1 ms to 24 days
   */
  public Downloader withTimeout(Duration timeout) {
    return new Downloader(attempts, timeout, pause, listener);
  }

  /**
   * These settings with another pause before the second attempt; it doubles from there on.
   *
   * @throws IllegalArgumentException if that is negative
   */
  public Downloader withPause(Duration pause) {
    return new Downloader(attempts, timeout, pause, listener);
  }

  /** These settings, shown to a listener. */
  public Downloader withListener(DownloadListener listener) {
    return new Downloader(attempts, timeout, pause, listener);
  }

  /**
   * Makes sure that a file is in a folder, which is made if need be, and returns its path.
   *
   * @throws DownloadException if it cannot be had, saying what was tried and how to do it by hand; what has arrived is
   *     kept for the next time
   * @throws IOException if it cannot be written, or stands there with another length than it should have
   */
  public Path fetch(RemoteFile file, Path folder) throws IOException {
    Path target = folder.resolve(file.name());
    if (isThere(file, target)) {
      return target;
    }
    Files.createDirectories(folder);
    Path part = folder.resolve(file.name() + ".part");
    // Locks are held for a whole JVM, so threads need a lock of their own.
    synchronized (Downloader.class) {
      try (FileChannel channel =
          FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        channel.lock();
        if (isThere(file, target)) {
          Files.deleteIfExists(part);
          return target;
        }
        download(file, target, channel);
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    LOG.info("downloaded {} ({} bytes) into {}", file.name(), file.bytes(), folder);
    return target;
  }

  private static boolean isThere(RemoteFile file, Path target) throws IOException {
    if (!Files.exists(target)) {
      return false;
    }
    long size = Files.size(target);
    if (size != file.bytes()) {
      throw new IOException(target + ": expected " + file.bytes() + " bytes, got " + size
          + "; it is not the file that is published, or not all of it: delete it, and it is downloaded anew");
    }
    return true;
  }

  private void download(RemoteFile file, Path target, FileChannel part) throws IOException {
    List<String> failures = new ArrayList<>();
    IOException last = null;
    for (URI address : file.addresses()) {
      for (int attempt = 1; attempt <= attempts; attempt++) {
        try {
          new Transfer(file, part, listener).from(connect(address, part.size()));
          part.force(true);
          return;
        } catch (Transfer.LocalException e) {
          throw new IOException(target + ": cannot be written: " + Transfer.reason(e.cause()), e.cause());
        } catch (IOException e) {
          last = e;
          failures.add(address + ": " + Transfer.reason(e));
          LOG.debug("{}, attempt {} of {}", failures.get(failures.size() - 1), attempt, attempts);
          if (e instanceof Transfer.StatusException status && !isPassing(status.status())) {
            break;
          }
          if (attempt < attempts) {
            waitBefore(attempt);
          }
        }
      }
    }
    throw new DownloadException(file.name() + ": could not be downloaded:\n  "
        + String.join("\n  ", failures.stream().distinct().toList())
        + "\nTo do it by hand: get " + file.addresses().get(0)
        + " and put it there as " + target + " (" + file.bytes() + " bytes, SHA-256 " + file.sha256() + ")", last);
  }

  private static boolean isPassing(int status) {
    return status == TOO_MANY_REQUESTS || status >= HttpURLConnection.HTTP_INTERNAL_ERROR;
  }

  /** Asks for the file from this byte on. */
  private HttpURLConnection connect(URI address, long from) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setConnectTimeout((int) timeout.toMillis());
    connection.setReadTimeout((int) timeout.toMillis());
    connection.setUseCaches(false);
    connection.setRequestProperty("User-Agent", "fovea");
    connection.setRequestProperty("Accept-Encoding", "identity");
    if (from > 0) {
      connection.setRequestProperty("Range", "bytes=" + from + "-");
    }
    return connection;
  }

  private void waitBefore(int attempt) throws IOException {
    try {
      Thread.sleep(pause.toMillis() << (attempt - 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the download was interrupted");
    }
  }
}
