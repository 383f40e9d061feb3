/** Which algorithm a convolution gets: the one package that knows them all. */
package dev.fovea.core.kernels.conv.choice;
