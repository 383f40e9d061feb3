package dev.fovea.core.kernels.conv;

/**
 * Output rows that one thread computes at one go: some rows of one sample where pictures are large, all rows of
 * several samples where they are small.
 *
 * @param firstSample the first sample
 * @param samples how many; 1 unless the rows are all of them
 * @param firstRow the first row of the output
 * @param rows how many
 */
public record Region(int firstSample, int samples, int firstRow, int rows) {}
