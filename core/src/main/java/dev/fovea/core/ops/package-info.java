/** Operations: one file each, with the shape rule, the value and the gradient side by side. {@code Ops} lists them. */
package dev.fovea.core.ops;
