/**
 * Convolution on pictures in blocks of channels: the {@linkplain dev.fovea.core.kernels.conv.BlockedConvolution driver}
 * that shares out the work and finishes it (bias, activation, pooling), and what it drives, a {@link
 * dev.fovea.core.kernels.conv.ConvAlgorithm}. The algorithms are in {@code direct} and {@code winograd}; which one a
 * convolution gets is decided in {@code choice}.
 */
package dev.fovea.core.kernels.conv;
