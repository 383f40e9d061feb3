package dev.fovea.examples.cli;

import dev.fovea.examples.run.DataChoice;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which data a command goes by. */
final class DataOptions {
  private static final int SIDE = 64;
  private static final int LONGEST_SIDE = 4096;
  private static final Pattern SIZE = Pattern.compile("(\\d{1,5})(?:x(\\d{1,5}))?");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Parameters(paramLabel = "DATA", description = {
      "A folder with one sub-folder of pictures (PNG, JPEG, GIF, BMP) for each class; a table (.csv) with the columns "
          + "file and label; or a name: digits, mnist, fashion-mnist, kmnist, cifar10."})
  private String data;

  @Option(names = "--data", paramLabel = "DIR", description =
      "The folder with the files of a named data set; without it they are downloaded, once.")
  private Path folder;

  @Option(names = "--image-size", paramLabel = "HxW", description =
      "The size that pictures of your own are brought to, or one number for both (default: 64).")
  private String size;

  @Option(names = "--grey", description = "Makes pictures of your own grey.")
  private boolean grey;

  @Option(names = "--strict", description = "A file that cannot be read is an error; without it, it is left out.")
  private boolean strict;

  /** What was chosen, checked as far as that goes without looking at files. */
  DataChoice choice() {
    boolean named = DataChoice.isNamed(data);
    if (folder != null && (!named || data.equals(DataChoice.DIGITS))) {
      throw wrong("--data: expected with the name of a data set that comes in files, such as mnist, got it with "
          + data);
    }
    if (named && (size != null || grey || strict)) {
      throw wrong("--image-size, --grey and --strict are for pictures of your own, got them with " + data);
    }
    if (named) {
      return new DataChoice(data, folder == null ? null : absolute(folder), 0, 0, false, false);
    }
    return new DataChoice(absolute(Path.of(data)), null, side(1), side(2), grey, strict);
  }

  private static String absolute(Path path) {
    return path.toAbsolutePath().normalize().toString();
  }

  /** The height (1) or the width (2). */
  private int side(int which) {
    if (size == null) {
      return SIDE;
    }
    Matcher sides = SIZE.matcher(size.toLowerCase(Locale.ROOT));
    if (!sides.matches()) {
      throw wrong("--image-size: expected a number of pixels or HEIGHTxWIDTH, got '" + size + "'");
    }
    String text = sides.group(which) != null ? sides.group(which) : sides.group(1);
    int side = Integer.parseInt(text);
    if (side < 1 || side > LONGEST_SIDE) {
      throw wrong("--image-size: expected 1 to " + LONGEST_SIDE + " pixels a side, got '" + size + "'");
    }
    return side;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
