package dev.fovea.data.numpy;

import java.io.IOException;

/** A file of NumPy's that is not what it should be. The message begins with the file and says where in it. */
public final class NumpyException extends IOException {
  private static final long serialVersionUID = 1L;

  NumpyException(String file, String problem) {
    super(file + ": " + problem);
  }

  NumpyException(String file, String problem, Throwable cause) {
    super(file + ": " + problem, cause);
  }
}
