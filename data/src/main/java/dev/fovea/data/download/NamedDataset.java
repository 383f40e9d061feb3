package dev.fovea.data.download;

import dev.fovea.data.ArrayDataset;
import dev.fovea.data.Cifar10;
import dev.fovea.data.Mnist;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Data sets that everybody knows, by their names. They are downloaded once, into a folder of their own in a cache:
 *
 * <pre>{@code
 * Path folder = NamedDataset.FASHION_MNIST.download(UserCache.folder(), Downloader.standard());
 * Dataset train = NamedDataset.FASHION_MNIST.train(folder);
 * }</pre>
 *
 * <p>Who has the files already says where they are and needs no download.
 */
public enum NamedDataset {
  /** 70,000 handwritten digits of 28x28, grey (LeCun, Cortes and Burges). */
  MNIST("MNIST", List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"), Files.four(
      "https://storage.googleapis.com/cvdf-datasets/mnist/",
      9_912_422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
      28_881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
      1_648_877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
      4_542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6")),
  /** 70,000 pictures of clothes of 28x28, grey (Xiao, Rasul and Vollgraf 2017). */
  FASHION_MNIST("Fashion-MNIST", List.of("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt",
      "Sneaker", "Bag", "Ankle boot"), Files.four(
      "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
      26_421_880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
      29_515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
      4_422_102, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
      5_148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5")),
  /** 70,000 handwritten Japanese characters of 28x28, grey (Clanuwat and others 2018). */
  KMNIST("KMNIST", List.of("o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"), Files.four(
      "http://codh.rois.ac.jp/kmnist/dataset/kmnist/",
      18_165_135, "51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4",
      29_497, "e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17",
      3_041_136, "edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5",
      5_120, "20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c")),
  /** 60,000 photographs of 32x32 in colour (Krizhevsky 2009). */
  CIFAR10("CIFAR-10", Cifar10.CLASS_NAMES, List.of(RemoteFile.of(
      "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz", 170_052_171,
      "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"))) {
    @Override
    public boolean isIn(Path folder) {
      return Cifar10.isIn(folder);
    }

    @Override
    void unpack(Path folder) throws IOException {
      TarGz.unpack(folder.resolve(files().get(0).name()), Cifar10.FOLDER);
    }

    @Override
    public ArrayDataset train(Path folder) throws IOException {
      return Cifar10.train(folder);
    }

    @Override
    public ArrayDataset test(Path folder) throws IOException {
      return Cifar10.test(folder);
    }
  };

  private final String title;
  private final List<String> classNames;
  private final List<RemoteFile> files;

  NamedDataset(String title, List<String> classNames, List<RemoteFile> files) {
    this.title = title;
    this.classNames = classNames;
    this.files = files;
  }

  /**
   * The data set of this name: {@code mnist}, {@code fashion-mnist}, {@code kmnist} or {@code cifar10}.
   *
   * @throws IllegalArgumentException if there is none, listing those there are
   */
  public static NamedDataset of(String name) {
    return Stream.of(values()).filter(each -> each.toString().equalsIgnoreCase(name)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("data set: expected one of "
            + Stream.of(values()).map(NamedDataset::toString).collect(Collectors.joining(", ")) + ", got '" + name
            + "'"));
  }

  /** What people call it. */
  public String title() {
    return title;
  }

  /** The name of each class, in the order of the labels. */
  public List<String> classNames() {
    return classNames;
  }

  /** What is downloaded. */
  public List<RemoteFile> files() {
    return files;
  }

  /** Where its files are in a cache: the folder that {@link #download} returns. */
  public Path folder(Path cache) {
    return cache.resolve(toString());
  }

  /** Whether all its files are in this folder, in whatever spelling and packing can be read. */
  public boolean isIn(Path folder) {
    return Mnist.isIn(folder);
  }

  /**
   * Makes sure that the files are in the cache, and returns their folder. What is there is not downloaded again.
   *
   * @throws DownloadException if a file cannot be had, saying what was tried and how to do it by hand
   * @throws IOException if the cache cannot be written
   */
  public Path download(Path cache, Downloader downloader) throws IOException {
    return download(cache, downloader, UnaryOperator.identity());
  }

  /** The same with each file from another place, for tests. */
  Path download(Path cache, Downloader downloader, UnaryOperator<RemoteFile> elsewhere) throws IOException {
    Path folder = folder(cache);
    if (!isIn(folder)) {
      for (RemoteFile file : files) {
        downloader.fetch(elsewhere.apply(file), folder);
      }
      unpack(folder);
    }
    return folder;
  }

  /** Makes what is read out of what was downloaded. */
  void unpack(Path folder) throws IOException {}

  /**
   * The pictures to train with.
   *
   * @throws IOException if they are not in the folder, or broken
   */
  public ArrayDataset train(Path folder) throws IOException {
    return Mnist.train(folder, classNames);
  }

  /**
   * The pictures to test with.
   *
   * @throws IOException if they are not in the folder, or broken
   */
  public ArrayDataset test(Path folder) throws IOException {
    return Mnist.test(folder, classNames);
  }

  /** As it is written on a command line: {@code fashion-mnist}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The four files of MNIST and of the data sets that are made like it. */
  private static final class Files {
    static List<RemoteFile> four(String place, long trainImages, String trainImagesSha256, long trainLabels,
        String trainLabelsSha256, long testImages, String testImagesSha256, long testLabels, String testLabelsSha256) {
      return List.of(
          RemoteFile.of(place + "train-images-idx3-ubyte.gz", trainImages, trainImagesSha256),
          RemoteFile.of(place + "train-labels-idx1-ubyte.gz", trainLabels, trainLabelsSha256),
          RemoteFile.of(place + "t10k-images-idx3-ubyte.gz", testImages, testImagesSha256),
          RemoteFile.of(place + "t10k-labels-idx1-ubyte.gz", testLabels, testLabelsSha256));
    }
  }
}
