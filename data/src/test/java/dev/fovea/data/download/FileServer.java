package dev.fovea.data.download;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP server on this machine that behaves as badly as it is told: one answer for each connection, in order. */
final class FileServer implements AutoCloseable {
  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Answer> answers;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> held = new CopyOnWriteArrayList<>();

  FileServer(Answer... answers) throws IOException {
    this.answers = List.of(answers);
    Thread thread = new Thread(this::serve, "file-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** What is sent for one request. */
  @FunctionalInterface
  interface Answer {
    /** Writes it; returns whether the connection is held open, saying nothing more. */
    boolean send(int from, OutputStream out) throws IOException;
  }

  static Answer whole(byte[] content) {
    return (from, out) -> {
      head(out, from == 0 ? "200 OK" : "206 Partial Content", content.length - from,
          from == 0 ? "" : "Content-Range: bytes " + from + "-" + (content.length - 1) + "/" + content.length + "\r\n");
      out.write(content, from, content.length - from);
      return false;
    };
  }

  /** Takes no notice of what part it is asked for. */
  static Answer wholeAnyway(byte[] content) {
    return (from, out) -> whole(content).send(0, out);
  }

  static Answer truncated(byte[] content, int bytes) {
    return (from, out) -> {
      head(out, from == 0 ? "200 OK" : "206 Partial Content", content.length - from,
          "Content-Range: bytes " + from + "-" + (content.length - 1) + "/" + content.length + "\r\n");
      out.write(content, from, bytes);
      return false;
    };
  }

  static Answer stalled(byte[] content, int bytes) {
    return (from, out) -> {
      truncated(content, bytes).send(from, out);
      out.flush();
      return true;
    };
  }

  static Answer status(String line) {
    return (from, out) -> {
      head(out, line, 0, "");
      return false;
    };
  }

  static Answer otherPart(byte[] content) {
    return (from, out) -> {
      head(out, "206 Partial Content", content.length, "Content-Range: bytes 0-" + (content.length - 1) + "/"
          + content.length + "\r\n");
      out.write(content);
      return false;
    };
  }

  String address(String name) {
    return "http://" + socket.getInetAddress().getHostAddress() + ":" + socket.getLocalPort() + "/" + name;
  }

  /** The part that each request asked for, an empty text for all. */
  List<String> ranges() {
    return List.copyOf(requests);
  }

  private static void head(OutputStream out, String status, int length, String more) throws IOException {
    out.write(("HTTP/1.1 " + status + "\r\nContent-Length: " + length + "\r\n" + more + "Connection: close\r\n\r\n")
        .getBytes(StandardCharsets.ISO_8859_1));
  }

  private void serve() {
    try {
      for (Answer answer : answers) {
        answer(socket.accept(), answer);
      }
    } catch (SocketException closed) {
      // the test is over
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answer(Socket client, Answer answer) throws IOException {
    held.add(client);
    String range = range(client);
    requests.add(range);
    int from = range.isEmpty() ? 0 : Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
    try {
      if (!answer.send(from, client.getOutputStream())) {
        client.close();
      }
    } catch (SocketException goneAway) {
      // who asked has had enough
    }
  }

  private static String range(Socket client) throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
    String range = "";
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      if (line.startsWith("Range: ")) {
        range = line.substring("Range: ".length());
      }
    }
    return range;
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket each : held) {
      each.close();
    }
  }
}
