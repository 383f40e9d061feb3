package dev.fovea.examples.html;

import java.util.regex.Pattern;

/** Text as HTML. */
public final class Html {
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  private Html() {}

  /** Text that means itself, in an element or an attribute. */
  public static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
  }

  /** The same, where {@code `this`} is code. */
  public static String prose(String text) {
    return CODE.matcher(escaped(text)).replaceAll("<code>$1</code>");
  }
}
