/**
 * What a training run was and gave, as one page for the browser and as pictures: a {@link
 * dev.fovea.examples.report.Report} is made of sections, a file each.
 */
package dev.fovea.examples.report;
