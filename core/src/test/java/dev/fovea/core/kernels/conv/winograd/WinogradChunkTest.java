package dev.fovea.core.kernels.conv.winograd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.kernels.conv.ReferenceConvolution;
import dev.fovea.core.kernels.conv.Region;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Slots of two samples of 10 by 10 outputs: tiles of 4, 4 and 2 outputs each way. */
class WinogradChunkTest {
  private final WinogradProducts products = new ScalarProducts();
  private final WinogradTiles tiles =
      new WinogradTiles(ReferenceConvolution.shape(1, 12, 12, 1, 0, 0, 0, 0), ScalarTransform.of4());
  private final WinogradChunk chunk = new WinogradChunk(new Region(3, 2, 0, 10), 0, 18, tiles, products);

  @Test
  void everyTileHasASlotOfItsOwn() {
    assertThat(IntStream.range(0, 18).map(chunk::slot).toArray())
        .containsExactlyInAnyOrder(IntStream.range(0, 18).toArray());
    assertThat(chunk.spread()).isGreaterThanOrEqualTo(18);
  }

  @Test
  void aPlaneHasThePiecesOfTheTilesThatHavePointsInIt() {
    for (int plane = 0; plane < 36; plane++) {
      boolean rowsLeftOut = plane / 6 == 3 || plane / 6 == 4;
      boolean columnsLeftOut = plane % 6 == 3 || plane % 6 == 4;
      assertThat(chunk.count(plane)).isEqualTo(2 * (rowsLeftOut ? 2 : 3) * (columnsLeftOut ? 2 : 3));
      for (int t = 0; t < 18; t++) {
        boolean inPlane = !(rowsLeftOut && t % 9 / 3 == 2) && !(columnsLeftOut && t % 3 == 2);
        int slot = chunk.slot(t) - chunk.from(plane);
        assertThat(slot >= 0 && slot < chunk.count(plane)).as("tile %d, plane %d", t, plane).isEqualTo(inPlane);
      }
    }
  }

  @Test
  void wholeTilesOnlyKeepTheirOrder() {
    WinogradTiles whole =
        new WinogradTiles(ReferenceConvolution.shape(1, 10, 13, 1, 0, 0, 0, 0), ScalarTransform.of4());
    WinogradChunk some = new WinogradChunk(new Region(0, 1, 4, 4), 1, 2, whole, products);
    assertThat(IntStream.range(0, 2).map(some::slot).toArray()).containsExactly(0, 1);
    assertThat(some.from(21)).isZero();
    assertThat(some.count(21)).isEqualTo(2);
  }
}
