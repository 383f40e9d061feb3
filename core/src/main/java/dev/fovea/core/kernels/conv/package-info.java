/**
 * Convolution on pictures in blocks of channels: a driver that shares out the work and finishes it (bias, activation,
 * pooling), and the algorithms it can drive.
 */
package dev.fovea.core.kernels.conv;
