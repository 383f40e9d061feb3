/** The command line: one file a command, and what they share. */
package dev.fovea.examples.cli;
