package dev.fovea.data.download;

/** Looks on while files are downloaded, on the thread that downloads: for a bar that people look at. */
@FunctionalInterface
public interface DownloadListener {
  /** Nobody looks on. */
  DownloadListener NONE = (file, bytes) -> { };

  /**
   * So much of a file has arrived, what an earlier attempt had left included; fewer than before if the file is begun
   * anew. The last call for a file that arrives whole says {@link RemoteFile#bytes}.
   *
   * @param file the file
   * @param bytes how many of its bytes are on the disk
   */
  void arrived(RemoteFile file, long bytes);
}
