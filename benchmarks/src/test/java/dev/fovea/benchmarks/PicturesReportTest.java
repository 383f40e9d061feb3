package dev.fovea.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.kernels.Parallel;
import dev.fovea.data.image.ImageDataset;
import dev.fovea.data.image.ImageFolder;
import dev.fovea.data.image.ImageLoader;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesReportTest {
  @Test
  void aLineSaysHowFastAndHowBusy() {
    assertThat(PicturesReport.line("decoded", 2000, 1.25, 2.4)).isEqualTo(
        "decoded     1600 images/s   " + Parallel.threads() + " threads keep 1.92 cores busy");
  }

  @Test
  void photoLikePicturesCanBeRead(@TempDir Path folder) throws IOException {
    PhotoLike.write(folder, 30, 40);
    ImageDataset pictures = ImageFolder.of(folder, ImageLoader.of(40, 40)).strict().open();
    assertThat(pictures.size()).isEqualTo(30);
    assertThat(pictures.classNames()).isSubsetOf("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    assertThat(pictures.sample(0).toArray()).isNotEqualTo(pictures.sample(1).toArray());
  }
}
