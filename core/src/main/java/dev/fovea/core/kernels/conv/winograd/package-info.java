/**
 * Winograd's minimal filtering for 3x3 filters: the algorithm, how it cuts its work, and its kernels, which are the
 * transforms of tiles and the products between them.
 */
package dev.fovea.core.kernels.conv.winograd;
