/** Worked examples: short programs that show, number by number, what happens inside a network. */
package dev.fovea.examples.lessons;
