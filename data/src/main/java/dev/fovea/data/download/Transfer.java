package dev.fovea.data.download;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** One attempt at a file: appends what a server sends to what is there, and checks the whole. */
final class Transfer {
  private static final int BUFFER = 1 << 16;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  private final RemoteFile file;
  private final FileChannel part;
  private final DownloadListener listener;

  Transfer(RemoteFile file, FileChannel part, DownloadListener listener) {
    this.file = file;
    this.part = part;
    this.listener = listener;
  }

  /** A server's answer that is no file. */
  static final class StatusException extends IOException {
    private static final long serialVersionUID = 1L;
    private final int status;

    StatusException(int status) {
      super("the server answered " + status);
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  /** The disk is at fault, not the network: to try again is no use. */
  static final class LocalException extends IOException {
    private static final long serialVersionUID = 1L;

    private final IOException cause;

    LocalException(IOException cause) {
      super(cause);
      this.cause = cause;
    }

    IOException cause() {
      return cause;
    }
  }

  /**
   * Brings the file to its end.
   *
   * @throws IOException if that did not work; what has arrived stays, unless it is wrong
   */
  void from(HttpURLConnection connection) throws IOException {
    try {
      if (part.size() < file.bytes()) {
        receive(connection);
      }
      check();
    } finally {
      connection.disconnect();
    }
  }

  private void receive(HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    if (status == RANGE_NOT_SATISFIABLE) {
      clear();
      throw new StatusException(status);
    }
    if (status != HttpURLConnection.HTTP_OK && status != HttpURLConnection.HTTP_PARTIAL) {
      throw new StatusException(status);
    }
    if (status == HttpURLConnection.HTTP_OK || !goesOn(connection.getHeaderField("Content-Range"))) {
      clear();
      if (status == HttpURLConnection.HTTP_PARTIAL) {
        throw new IOException("the server sent another part of the file than it was asked for");
      }
    }
    part.position(part.size());
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    try (InputStream in = connection.getInputStream()) {
      int read;
      while ((read = read(in, buffer.array())) >= 0) {
        append(buffer.limit(read).position(0));
        if (part.position() > file.bytes()) {
          clear();
          throw new IOException("the server sent more than the " + file.bytes() + " bytes that the file has");
        }
        listener.arrived(file, part.position());
      }
    }
    if (part.size() < file.bytes()) {
      throw new EOFException("the transfer broke off after " + part.size() + " of " + file.bytes() + " bytes");
    }
  }

  /** A connection that breaks is an end: some JDKs tell of a file that ends too early, others just end. */
  private static int read(InputStream in, byte[] bytes) throws IOException {
    try {
      return in.read(bytes);
    } catch (SocketTimeoutException stalled) {
      throw stalled;
    } catch (IOException brokenOff) {
      return -1;
    }
  }

  private boolean goesOn(String contentRange) throws IOException {
    return contentRange != null && contentRange.startsWith("bytes " + part.size() + "-");
  }

  private void append(ByteBuffer bytes) throws LocalException {
    try {
      while (bytes.hasRemaining()) {
        part.write(bytes);
      }
    } catch (IOException e) {
      throw new LocalException(e);
    }
  }

  private void clear() throws LocalException {
    try {
      part.truncate(0);
    } catch (IOException e) {
      throw new LocalException(e);
    }
  }

  /** What is wrong in a place nobody knows has to come anew. */
  private void check() throws IOException {
    String arrived = sha256();
    if (!arrived.equals(file.sha256())) {
      clear();
      throw new IOException("what arrived has the SHA-256 " + arrived + ", expected " + file.sha256());
    }
    listener.arrived(file, file.bytes());
  }

  private String sha256() throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
      part.position(0);
      while (part.read(buffer.clear()) >= 0) {
        digest.update(buffer.flip());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JVM knows SHA-256", e);
    }
  }

  /** What went wrong, in words for people. */
  static String reason(IOException e) {
    if (e instanceof UnknownHostException) {
      return "there is no way to the host " + e.getMessage() + "; is there a network?";
    }
    if (e instanceof ConnectException) {
      return "no connection: " + e.getMessage();
    }
    if (e instanceof SocketTimeoutException) {
      return "the server has stopped sending";
    }
    if (e instanceof ClosedByInterruptException) {
      return "the thread was interrupted";
    }
    return e.getMessage();
  }
}
