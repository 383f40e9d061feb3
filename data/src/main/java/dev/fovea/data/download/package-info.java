/**
 * Well-known data sets by name: downloaded once into the user's cache folder, checked, and read from there.
 * {@link dev.fovea.data.download.NamedDataset} is the way in.
 */
package dev.fovea.data.download;
