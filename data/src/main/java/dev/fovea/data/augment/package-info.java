/**
 * Random changes of samples that leave their meaning as it is, so that a model sees each of them in many ways: of one
 * picture alone ({@link dev.fovea.data.augment.Augmentation}), and of two pictures and their targets
 * ({@link dev.fovea.data.augment.Mixing}). All of it is seeded: the same seed gives the same bits for any number of
 * threads. Lengths are in pixels.
 */
package dev.fovea.data.augment;
