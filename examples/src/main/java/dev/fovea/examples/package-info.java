/** Programs meant to be read and run, and {@link dev.fovea.examples.Fovea} for the command line. */
package dev.fovea.examples;
