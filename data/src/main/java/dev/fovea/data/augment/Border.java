package dev.fovea.data.augment;

/** What a picture is thought to show outside of its frame. */
public enum Border {
  /** Zeros, as where ink is light on a dark ground. */
  BLACK {
    @Override
    void fold(float[] places, int count, int length) {
      for (int i = 0; i < count; i++) {
        places[i] = Math.max(0, Math.min(length + 1, places[i]));
      }
    }
  },
  /** The nearest pixel of the frame. */
  EDGE {
    @Override
    void fold(float[] places, int count, int length) {
      for (int i = 0; i < count; i++) {
        places[i] = Math.max(1, Math.min(length, places[i]));
      }
    }
  },
  /** The picture as in a mirror, whose plane is the outermost row of pixels: ... 2 1 0 1 2 ... */
  MIRROR {
    @Override
    void fold(float[] places, int count, int length) {
      float period = 2 * Math.max(1, length - 1);
      for (int i = 0; i < count; i++) {
        float away = Math.abs(places[i] - 1) % period;
        places[i] = 1 + Math.min(away, period - away);
      }
      EDGE.fold(places, count, length);
    }
  };

  /**
   * Replaces places along one axis by places that show the same and lie within the frame or within one pixel of it,
   * where there are zeros.
   *
   * @param places where to look, 1 being the first pixel's middle and {@code length} the last's
   */
  abstract void fold(float[] places, int count, int length);
}
