/** A recorded computation made ready to run many times: who lives when, who shares which array, what the peak is. */
package dev.fovea.core.plan;
