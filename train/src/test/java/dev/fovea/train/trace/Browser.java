package dev.fovea.train.trace;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * The Chromium that is installed, without a window. Found by the system properties {@code fovea.chromium} and {@code
 * fovea.chromedriver}, else where Debian puts it; nothing is fetched. Where there is none a test is skipped, or fails
 * if the environment says {@code FOVEA_REQUIRE_BROWSER}.
 */
public final class Browser implements AutoCloseable {
  private static final Path CHROMIUM = Path.of(System.getProperty("fovea.chromium", "/usr/bin/chromium"));
  private static final Path DRIVER = Path.of(System.getProperty("fovea.chromedriver", "/usr/bin/chromedriver"));
  private static final List<String> FLAGS = List.of("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic",
      "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
      "--disable-dev-shm-usage", "--window-size=1280,2400");

  /** Selenium warns that it has no typed DevTools for the newest browsers; these tests send plain commands. */
  private static final Logger LOG = Logger.getLogger("org.openqa.selenium");

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** The browser, with a profile of its own in this folder. */
  public static Browser open(Path profile) {
    for (Path program : List.of(CHROMIUM, DRIVER)) {
      if (!Files.isExecutable(program)) {
        String missing = "browser test: expected " + program + ", found none; on Debian: apt-get install chromium"
            + " chromium-driver";
        if (System.getenv("FOVEA_REQUIRE_BROWSER") != null) {
          fail(missing);
        }
        abort(missing);
      }
    }
    LOG.setLevel(Level.SEVERE);
    ChromeOptions options = new ChromeOptions().setBinary(CHROMIUM.toFile()).addArguments(FLAGS)
        .addArguments("--user-data-dir=" + profile);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).usingAnyFreePort().build();
    return new Browser(new ChromeDriver(service, options));
  }

  /** Opens a page from the disk. */
  public void show(Path page) {
    driver.get(page.toUri().toString());
  }

  /** Goes into a frame of the page: what follows is about the document in it. */
  public void enter(String selector) {
    driver.switchTo().frame(one(selector));
  }

  /** What the page and the browser complained about since they were last asked. */
  public List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream().map(LogEntry::toString).toList();
  }

  List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** The first element that this selector finds. */
  public WebElement one(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  /** Brings an element into sight and the pointer onto it. */
  public void hover(WebElement element) {
    driver.executeScript("arguments[0].scrollIntoView({block: 'center', inline: 'center'})", element);
    new Actions(driver).moveToElement(element).perform();
  }

  /** Moves the keyboard to an element and presses these keys. */
  void press(WebElement element, CharSequence... keys) {
    element.sendKeys(keys);
  }

  void tab() {
    new Actions(driver).sendKeys(Keys.TAB).perform();
  }

  /** What the page reads out. */
  public String readout() {
    return one("#readout").getText();
  }

  /** The numbers in cells that are framed, of views whose label begins so, in cards of this number. */
  List<?> framed(int card, String label, String kind) {
    return (List<?>) driver.executeScript("""
        const [card, label, kind] = arguments;
        return [...document.querySelectorAll(`#layer-${card} [aria-label^="${label}"] .mark.${kind}`)]
            .map(mark => {
              const box = mark.getBoundingClientRect();
              return [...mark.parentNode.querySelectorAll("span")].filter(cell => {
                const at = cell.getBoundingClientRect();
                const [x, y] = [(at.left + at.right) / 2, (at.top + at.bottom) / 2];
                return box.left < x && x < box.right && box.top < y && y < box.bottom;
              }).map(cell => cell.textContent).join(" ");
            });""", card, label, kind);
  }

  /** How wide the page is, and how wide the window: not more. */
  List<Long> widths(int window, String theme) {
    driver.executeCdpCommand("Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", theme))));
    driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
        Map.of("width", window, "height", 800, "deviceScaleFactor", 1, "mobile", true));
    return List.of((Long) driver.executeScript("return document.documentElement.scrollWidth"),
        (Long) driver.executeScript("return window.innerWidth"));
  }

  /** A computed style of an element. */
  String style(String selector, String property) {
    return one(selector).getCssValue(property);
  }

  /** What has the keyboard. */
  WebElement active() {
    return driver.switchTo().activeElement();
  }

  /** What a script on the page returns. */
  public Object run(String script) {
    return driver.executeScript(script);
  }

  @Override
  public void close() {
    driver.quit();
  }
}
