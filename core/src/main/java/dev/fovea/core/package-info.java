/** Shapes, tensors, parameters, operations' contract, the tape that differentiates, and the gradient check. */
package dev.fovea.core;
