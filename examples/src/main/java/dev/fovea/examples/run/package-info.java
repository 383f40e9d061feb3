/**
 * A training run from data to report, as {@code fovea train} makes it: where the data come from, what is written into
 * the run's folder, how it is interrupted and gone on with.
 */
package dev.fovea.examples.run;
