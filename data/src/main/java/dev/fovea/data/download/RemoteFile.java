package dev.fovea.data.download;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A file that can be downloaded, and what tells that it arrived whole.
 *
 * @param name what it is called on the disk; no path
 * @param bytes its exact length
 * @param sha256 its SHA-256, 64 hexadecimal digits in lower case
 * @param addresses where it can be had, tried in this order; at least one
 */
public record RemoteFile(String name, long bytes, String sha256, List<URI> addresses) {
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  /**
   * These settings.
   *
   * @throws IllegalArgumentException if the name is a path, the length is below 1, the digest is none, or there is no
   *     address
   */
  public RemoteFile {
    if (!PLAIN_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("remote file: expected a name of letters, digits, dots and dashes, got '"
          + name + "'");
    }
    if (bytes < 1) {
      throw new IllegalArgumentException("remote file " + name + ": expected at least 1 byte, got " + bytes);
    }
    if (!DIGEST.matcher(sha256).matches()) {
      throw new IllegalArgumentException("remote file " + name
          + ": expected a SHA-256 of 64 hexadecimal digits in lower case, got '" + sha256 + "'");
    }
    addresses = List.copyOf(addresses);
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("remote file " + name + ": expected at least one address, got none");
    }
  }

  /** A file that is called what the last part of its address says. */
  public static RemoteFile of(String address, long bytes, String sha256) {
    URI uri = URI.create(address);
    String path = uri.getPath();
    return new RemoteFile(path.substring(path.lastIndexOf('/') + 1), bytes, sha256, List.of(uri));
  }
}
