/**
 * NumPy's files: {@link dev.fovea.data.numpy.Npy} for one array, {@link dev.fovea.data.numpy.Npz} for several, and
 * {@link dev.fovea.data.numpy.Numpy} for data sets made of them.
 */
package dev.fovea.data.numpy;
