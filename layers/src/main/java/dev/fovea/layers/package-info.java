/**
 * Layers, models and model files.
 *
 * <p>A {@link dev.fovea.layers.Layer} is an immutable record of settings: it says which parameters it needs for a shape
 * and how to compute, and owns no weights. A {@link dev.fovea.layers.Model} owns the parameters; {@link
 * dev.fovea.layers.Sequential} is a row of layers plus theirs, {@link dev.fovea.layers.Graph} has branches, which meet
 * in {@linkplain dev.fovea.layers.Merge merges}.
 */
package dev.fovea.layers;
