/** The inner loops of direct convolution: their definition, the scalar twin and those in SIMD. */
package dev.fovea.core.kernels.conv.direct.loops;
