/** Files that are written whole or not at all, for everything that writes one. */
package dev.fovea.core.io;
