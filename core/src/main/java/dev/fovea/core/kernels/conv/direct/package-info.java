/**
 * Convolution as it is defined, by tables of what each output reads: for any geometry, for few channels, and for one
 * filter a channel. The inner loops are in {@code loops}.
 */
package dev.fovea.core.kernels.conv.direct;
