/**
 * Pictures from files: {@link dev.fovea.data.image.ImageFolder} makes a data set of a folder of them,
 * {@link dev.fovea.data.image.ImageLoader} makes one sample of one file, in the very same way, so that a model sees in
 * use what it was trained on.
 *
 * <h2>What a picture becomes</h2>
 * PNG, JPEG, GIF (the first frame) and BMP are told apart by their first bytes, not by their names, and decoded by the
 * JDK's javax.imageio. Sixteen bits a channel, palettes and the four inks of a CMYK or YCCK JPEG become red, green and
 * blue; what is transparent shows the ground, black unless it is set to white; the orientation that a camera wrote into
 * a JPEG (EXIF) is applied. Grey is 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601), of the values as they stand.
 * Colour profiles are not applied, as they are not in most training tools. Sizes are changed by cubic
 * {@linkplain dev.fovea.data.image.Resize resampling} without aliasing. The result is rounded to bytes, and read as
 * 0..1.
 */
package dev.fovea.data.image;
