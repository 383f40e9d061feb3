package dev.fovea.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageLoaderTest {
  private static final Offset<Float> EXACT = Offset.offset(1e-6f);
  private static final Offset<Float> JPEG = Offset.offset(0.02f);
  private static final ImageLoader COLOR = ImageLoader.of(1, 1);

  @TempDir
  private Path folder;

  private Path file(byte[] bytes) throws IOException {
    return Pictures.write(folder.resolve("picture"), bytes);
  }

  private Path png(BufferedImage image) throws IOException {
    return file(Pictures.bytes(image, "png"));
  }

  private Path pixel(int argb) throws IOException {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, argb);
    return png(image);
  }

  @Test
  void greyPicturesKeepTheirBytes() throws IOException {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
    int[] bytes = {0, 51, 128, 255};
    for (int i = 0; i < 4; i++) {
      image.getRaster().setSample(i % 2, i / 2, 0, bytes[i]);
    }
    assertThat(ImageLoader.of(2, 2).grey().read(png(image)).toArray()).containsExactly(0, 51 / 255f, 128 / 255f, 1);
    assertThat(ImageLoader.of(Shape.of(3, 2, 2)).read(png(image)).toArray())
        .containsExactly(0, 51 / 255f, 128 / 255f, 1, 0, 51 / 255f, 128 / 255f, 1, 0, 51 / 255f, 128 / 255f, 1);
  }

  @Test
  void coloursStayApartOrBecomeGrey() throws IOException {
    Path file = pixel(0xff336699);
    assertThat(COLOR.read(file).toArray()).containsExactly(new float[] {0.2f, 0.4f, 0.6f}, EXACT);
    // 0.299 * 51 + 0.587 * 102 + 0.114 * 153 = 92.565
    assertThat(COLOR.grey().read(file).item()).isCloseTo(93 / 255f, EXACT);
  }

  @Test
  void everyFormatWhateverItsName() throws IOException {
    BufferedImage squares = Pictures.squares();
    float[] expected = {1, 0, 0, 1, 1, 0, 0, 1, 0, 1, 1, 0, 0, 0, 1, 0, 1, 0};
    for (String format : new String[] {"png", "jpeg", "gif", "bmp"}) {
      Path file = Pictures.write(folder.resolve("picture.txt"), squares, format);
      float[] values = ImageLoader.of(2, 3).read(file).toArray();
      for (int i = 0; i < expected.length; i++) {
        // Cubic resampling looks beyond the squares' borders.
        assertThat(values[i]).as(format + " " + i).isCloseTo(expected[i], Offset.offset(0.3f));
      }
    }
  }

  @Test
  void sixteenBitsOfGreyAndOfColour() throws IOException {
    BufferedImage grey = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
    grey.getRaster().setSample(0, 0, 0, 13107);
    assertThat(COLOR.grey().read(png(grey)).item()).isCloseTo(0.2f, EXACT);
    ColorModel model = new ComponentColorModel(
        ColorSpace.getInstance(ColorSpace.CS_sRGB), true, false, ColorModel.TRANSLUCENT, DataBuffer.TYPE_USHORT);
    WritableRaster raster = model.createCompatibleWritableRaster(1, 1);
    raster.setPixel(0, 0, new int[] {65535, 13107, 0, 52428});
    Path file = png(new BufferedImage(model, raster, false, null));
    assertThat(COLOR.read(file).toArray()).containsExactly(new float[] {0.8f, 41 / 255f, 0}, EXACT);
  }

  @Test
  void palettes() throws IOException {
    byte[] red = {0, (byte) 255, 51};
    byte[] green = {0, 0, 102};
    byte[] blue = {0, 0, (byte) 153};
    byte[] alpha = {0, (byte) 255, (byte) 255};
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_INDEXED,
        new IndexColorModel(8, 3, red, green, blue, alpha));
    for (int i = 0; i < 3; i++) {
      image.getRaster().setSample(i, 0, 0, i);
    }
    assertThat(ImageLoader.of(1, 3).withWhiteGround().read(png(image)).toArray())
        .containsExactly(new float[] {1, 1, 0.2f, 1, 0, 0.4f, 1, 0, 0.6f}, EXACT);
    BufferedImage twoColors = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
    twoColors.setRGB(1, 0, 0xffffff);
    assertThat(ImageLoader.of(1, 2).grey().read(png(twoColors)).toArray()).containsExactly(0, 1);
  }

  @Test
  void theTransparentShowsTheGround() throws IOException {
    assertThat(COLOR.read(pixel(0x00ffffff)).toArray()).containsExactly(0, 0, 0);
    assertThat(COLOR.withWhiteGround().read(pixel(0)).toArray()).containsExactly(1, 1, 1);
    // Three fifths of 255 on nothing, and on two fifths of 255.
    assertThat(COLOR.grey().read(pixel(0x99ffffff)).item()).isCloseTo(0.6f, EXACT);
    assertThat(COLOR.grey().withWhiteGround().read(pixel(0x99000000)).item()).isCloseTo(0.4f, EXACT);
    WritableRaster raster = Raster.createInterleavedRaster(0, 1, 1, 2, null);
    raster.setPixel(0, 0, new int[] {255, 51});
    BufferedImage greyAlpha = new BufferedImage(new ComponentColorModel(ColorSpace.getInstance(ColorSpace.CS_GRAY),
        true, false, ColorModel.TRANSLUCENT, DataBuffer.TYPE_BYTE), raster, false, null);
    assertThat(COLOR.grey().read(png(greyAlpha)).item()).isCloseTo(0.2f, EXACT);
  }

  /** What is stored is what Adobe's programs store, 255 less the ink, or the ink itself. */
  @Test
  void fourInks() throws IOException {
    int[] stored = {204, 102, 51, 255};
    assertThat(COLOR.read(file(Pictures.inks(stored, 0))).toArray())
        .containsExactly(new float[] {0.8f, 0.4f, 0.2f}, JPEG);
    assertThat(COLOR.read(file(Pictures.inks(new int[] {204, 102, 51, 128}, 0))).toArray())
        .containsExactly(new float[] {0.4f, 0.2f, 0.1f}, JPEG);
    assertThat(COLOR.read(file(Pictures.inks(new int[] {51, 153, 204, 0}, -1))).toArray())
        .containsExactly(new float[] {0.8f, 0.4f, 0.2f}, JPEG);
    assertThat(COLOR.grey().read(file(Pictures.inks(stored, 0))).item())
        .isCloseTo(0.299f * 0.8f + 0.587f * 0.4f + 0.114f * 0.2f, JPEG);
    // Y, Cb, Cr of red, green, blue = 51, 153, 204, which are 255 less what is stored.
    int[] luma = {128, 171, 73, 255};
    assertThat(COLOR.read(file(Pictures.inks(luma, 2))).toArray())
        .containsExactly(new float[] {0.8f, 0.4f, 0.2f}, JPEG);
  }

  /** The six squares as they are seen when the camera was held in each of eight ways. */
  @Test
  void orientation() throws IOException {
    byte[] jpeg = Pictures.bytes(Pictures.squares(), "jpeg");
    String[] seen = {null, "RGB/YWK", "BGR/KWY", "KWY/BGR", "YWK/RGB", "RY/GW/BK", "YR/WG/KB", "KB/WG/YR", "BK/GW/RY"};
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      for (int orientation = 1; orientation <= 8; orientation++) {
        Path file = file(Pictures.withSegment(jpeg, 0xe1, Pictures.exif(order, orientation)));
        assertThat(letters(file, orientation < 5 ? 2 : 3, orientation < 5 ? 3 : 2))
            .as(order + " " + orientation).isEqualTo(seen[orientation]);
      }
    }
  }

  @Test
  void anOrientationThatMakesNoSenseIsNone() throws IOException {
    byte[] jpeg = Pictures.bytes(Pictures.squares(), "jpeg");
    byte[] good = Pictures.exif(ByteOrder.BIG_ENDIAN, 6);
    byte[] farAway = good.clone();
    farAway[10] = (byte) 0xff;
    byte[] manyEntries = good.clone();
    manyEntries[14] = (byte) 0xff;
    manyEntries[29] = 0;
    byte[][] wrong = {Pictures.exif(ByteOrder.BIG_ENDIAN, 0), Pictures.exif(ByteOrder.BIG_ENDIAN, 9), farAway,
        manyEntries, Arrays.copyOf(good, 30), Arrays.copyOf(good, 12),
        "http://ns.adobe.com/xap/1.0/".getBytes("UTF-8")};
    for (byte[] exif : wrong) {
      assertThat(letters(file(Pictures.withSegment(jpeg, 0xe1, exif)), 2, 3)).isEqualTo("RGB/YWK");
    }
  }

  /** The picture as rows of letters, one a square. */
  private static String letters(Path file, int rows, int columns) throws IOException {
    Tensor sample = ImageLoader.of(rows, columns).read(file);
    StringBuilder letters = new StringBuilder();
    for (int y = 0; y < rows; y++) {
      letters.append(y == 0 ? "" : "/");
      for (int x = 0; x < columns; x++) {
        int bits = 0;
        for (int channel = 0; channel < 3; channel++) {
          bits = 2 * bits + Math.round(sample.get(channel, y, x));
        }
        letters.append("KBG?R?YW".charAt(bits));
      }
    }
    return letters.toString();
  }

  @Test
  void stretchesOrCuts() throws IOException {
    // Four columns: white, and two of black in the middle, where the centre is cut from.
    BufferedImage image = Pictures.plain(40, 20, 0xffffff);
    for (int i = 0; i < 400; i++) {
      image.setRGB(10 + i % 20, i / 20, 0);
    }
    Path wide = png(image);
    ImageLoader loader = ImageLoader.of(4, 4).grey();
    assertThat(loader.read(wide).get(0, 1, 0)).isGreaterThan(0.9f);
    for (float value : loader.withFit(ImageFit.CROP).read(wide).toArray()) {
      assertThat(value).isLessThan(0.15f);
    }
    // The same lying on its side, cut from a picture that a camera stored turned.
    Path turned = file(Pictures.withSegment(Pictures.bytes(Pictures.squares(), "jpeg"), 0xe1,
        Pictures.exif(ByteOrder.BIG_ENDIAN, 6)));
    Tensor tall = ImageLoader.of(2, 2).withFit(ImageFit.CROP).read(turned);
    assertThat(tall.shape()).isEqualTo(Shape.of(3, 2, 2));
    assertThat(tall.get(1, 0, 1)).as("green at the upper right").isGreaterThan(0.5f);
  }

  /** {@code resize((3, 3), Image.BICUBIC, box=(1, 0, 8, 7))} in Pillow 9.4. */
  @Test
  void cutsAsPillowDoes() throws IOException {
    BufferedImage image = new BufferedImage(9, 7, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 63; i++) {
      int x = i % 9;
      int y = i / 9;
      image.getRaster().setSample(x, y, 0, (7 * x * x + 31 * y + 13 * x * y) % 256);
    }
    int[] expected = {66, 121, 149, 122, 106, 134, 118, 124, 120};
    float[] values = ImageLoader.of(3, 3).grey().withFit(ImageFit.CROP).read(png(image)).toArray();
    for (int i = 0; i < 9; i++) {
      assertThat(Math.round(values[i] * 255)).isBetween(expected[i] - 1, expected[i] + 1);
    }
  }

  @Test
  void onePixelFillsASample() throws IOException {
    assertThat(ImageLoader.of(64, 48).grey().read(pixel(0xff333333)).toArray()).containsOnly(51 / 255f);
  }

  @Test
  void readsStreams() throws IOException {
    byte[] png = Pictures.bytes(Pictures.squares(), "png");
    ImageLoader loader = ImageLoader.of(8, 8);
    assertThat(loader.read(new ByteArrayInputStream(png)).toArray()).isEqualTo(loader.read(file(png)).toArray());
    assertThatThrownBy(() -> loader.read(new ByteArrayInputStream(new byte[0]))).isInstanceOf(IOException.class)
        .hasMessage("picture: expected a picture (PNG, JPEG, GIF or BMP), got an empty file");
  }

  @Test
  void refusesWhatIsNoPicture() throws IOException {
    refused("A list of pictures.\n".getBytes("UTF-8"), "expected a picture (PNG, JPEG, GIF or BMP), got text");
    refused(new byte[0], "expected a picture (PNG, JPEG, GIF or BMP), got an empty file");
    refused("RIFF\1\2\3\4WEBPVP8 ".getBytes("ISO-8859-1"),
        "expected a picture (PNG, JPEG, GIF or BMP), got a WebP picture");
    refused("II*\0\1\2\3\4".getBytes("ISO-8859-1"), "expected a picture (PNG, JPEG, GIF or BMP), got a TIFF picture");
    refused("\0\0\0\30ftypheic\0\0".getBytes("ISO-8859-1"),
        "expected a picture (PNG, JPEG, GIF or BMP), got a HEIF picture");
    refused("\0\0\0\30ftypavif\0\0".getBytes("ISO-8859-1"),
        "expected a picture (PNG, JPEG, GIF or BMP), got an AVIF picture");
    refused("\0\0\0\30ftypisom\0\0".getBytes("ISO-8859-1"), "expected a picture (PNG, JPEG, GIF or BMP), got a film");
    refused(new byte[] {1, 2, 3}, "expected a picture (PNG, JPEG, GIF or BMP), got something else");
    Path nothing = folder.resolve("nothing.png");
    assertThatThrownBy(() -> COLOR.read(nothing)).isInstanceOf(ImageException.class)
        .hasMessage(nothing + ": there is no such file");
    assertThatThrownBy(() -> COLOR.read(folder)).isInstanceOf(ImageException.class)
        .hasMessage(folder + ": expected a picture, got a folder");
    Path locked = pixel(0);
    assumeTrue(locked.toFile().setReadable(false) && !Files.isReadable(locked), "needs a user who may not read all");
    assertThatThrownBy(() -> COLOR.read(locked)).isInstanceOf(ImageException.class)
        .hasMessage(locked + ": access denied");
  }

  @Test
  void refusesWhatIsCutOff() throws IOException {
    BufferedImage noise = Pictures.plain(64, 64, 0);
    Random random = new Random(1);
    for (int i = 0; i < 4096; i++) {
      noise.setRGB(i % 64, i / 64, random.nextInt());
    }
    byte[] jpeg = Pictures.bytes(noise, "jpeg");
    refused(Arrays.copyOf(jpeg, jpeg.length - 100), "the picture cannot be decoded: the file ends too early");
    refused(Arrays.copyOf(jpeg, jpeg.length / 2), "the picture cannot be decoded: the file ends too early");
    byte[] png = Pictures.bytes(noise, "png");
    refused(Arrays.copyOf(png, png.length / 2), "the picture cannot be decoded: "
        + "Error reading PNG image data: Unexpected end of ZLIB input stream");
    byte[] bmp = Pictures.bytes(noise, "bmp");
    refused(Arrays.copyOf(bmp, bmp.length - 100), "the picture cannot be decoded: EOFException");
    byte[] gif = Pictures.bytes(noise, "gif");
    refused(Arrays.copyOf(gif, gif.length - 100), "the picture cannot be decoded: "
        + "I/O error reading image!: Invalid block length for LZW encoded image data");
  }

  /** Nothing but an exception that names the file, whatever bytes are changed. */
  @Test
  void survivesBrokenFiles() throws IOException {
    Random random = new Random(5);
    byte[] jpeg = Pictures.withSegment(Pictures.bytes(Pictures.squares(), "jpeg"), 0xe1,
        Pictures.exif(ByteOrder.LITTLE_ENDIAN, 6));
    byte[][] files = {jpeg, Pictures.bytes(Pictures.squares(), "png"), Pictures.bytes(Pictures.squares(), "gif"),
        Pictures.bytes(Pictures.squares(), "bmp")};
    ImageLoader loader = ImageLoader.of(8, 8).withPixelLimit(100_000);
    int refused = 0;
    for (int i = 0; i < 400; i++) {
      byte[] broken = files[i % 4].clone();
      for (int change = 0; change <= i % 5; change++) {
        broken[8 + random.nextInt(Math.min(broken.length, 200) - 8)] = (byte) random.nextInt();
      }
      Path file = file(broken);
      try {
        assertThat(loader.read(file).shape()).isEqualTo(Shape.of(3, 8, 8));
      } catch (ImageException e) {
        assertThat(e).hasMessageMatching("(?s)\\Q" + file + "\\E: [^\n]+");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(100);
  }

  @Test
  void refusesTheHugeByItsHeader() throws IOException {
    refused(Pictures.pngHeader(30_000, 30_000),
        "a picture of 30000x30000 = 900,000,000 pixels is more than the limit of 100,000,000");
    Path file = png(Pictures.squares());
    assertThat(COLOR.withPixelLimit(48 * 32).read(file).shape()).isEqualTo(Shape.of(3, 1, 1));
    assertThatThrownBy(() -> COLOR.withPixelLimit(48 * 32 - 1).read(file)).isInstanceOf(ImageException.class)
        .hasMessage(file + ": a picture of 48x32 = 1,536 pixels is more than the limit of 1,535");
  }

  @Test
  void refusesOtherSamples() {
    assertThatThrownBy(() -> ImageLoader.of(Shape.of(2, 8, 8))).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("image loader: expected samples [1, H, W] (grey) or [3, H, W] (colour), got [2, 8, 8]");
    assertThatThrownBy(() -> ImageLoader.of(Shape.of(64))).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("image loader: expected samples [1, H, W] (grey) or [3, H, W] (colour), got [64]");
    assertThatThrownBy(() -> COLOR.withPixelLimit(0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("image loader: the limit of pixels must be at least 1, got 0");
  }

  private void refused(byte[] bytes, String problem) throws IOException {
    Path file = Pictures.write(folder.resolve("broken.png"), bytes);
    assertThatThrownBy(() -> COLOR.read(file)).isInstanceOfSatisfying(ImageException.class, e -> {
      assertThat(e.path()).isEqualTo(file);
      assertThat(e.problem()).isEqualTo(problem);
    }).hasMessage(file + ": " + problem);
  }
}
