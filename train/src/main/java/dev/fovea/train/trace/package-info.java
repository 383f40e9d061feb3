/**
 * {@link dev.fovea.train.trace.Trace}: one sample on its way through a model and back, to be read, printed, and looked
 * at in a browser.
 */
package dev.fovea.train.trace;
