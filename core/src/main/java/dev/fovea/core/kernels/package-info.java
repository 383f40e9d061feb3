/**
 * Arithmetic on plain float arrays: the scalar definitions, their SIMD twins, the matrix product, convolution,
 * threads.
 */
package dev.fovea.core.kernels;
