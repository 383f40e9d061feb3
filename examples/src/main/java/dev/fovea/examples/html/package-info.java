/** What pages for the browser have in common: one file each, which needs nothing but itself. */
package dev.fovea.examples.html;
