/**
 * Labelled samples: data sets in memory, the IDX files of MNIST, generated digits, and the batches that training reads
 * them in. Pixels are given as 0..1; any other normalization is a layer of the model, so that it travels with it.
 */
package dev.fovea.data;
