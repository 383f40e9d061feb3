package dev.fovea.examples.lessons;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the scores of a {@link HeadStudy} say, in sentences that the numbers choose: nobody is named the winner where
 * chance may have made the difference.
 *
 * @param portions the scores of all heads, a list for each amount of training data
 * @param testImages how many pictures were tested on
 */
record HeadVerdict(List<List<HeadScore>> portions, int testImages) {
  /** Speeds closer than this are called equal: a busy machine varies as much. */
  private static final double SPEED_NOISE = 1.1;

  /** Who won: a sentence for each amount of training data. */
  List<String> winners() {
    return portions.stream().map(this::winner).toList();
  }

  private String winner(List<HeadScore> portion) {
    List<HeadScore> ranked = portion.stream().sorted(Comparator.comparingDouble(HeadScore::test).reversed()).toList();
    HeadScore best = ranked.get(0);
    List<HeadScore> beaten = ranked.stream().filter(score -> best.clearlyBeats(score, testImages)).toList();
    List<HeadScore> level = ranked.stream().filter(score -> !beaten.contains(score)).toList();
    String with = with(best);
    if (level.size() == 1) {
      HeadScore second = ranked.get(1);
      return with + format("%s wins: %.4f, which is %.4f more than the next, %s; chance explains %.4f.",
          best.head(), best.test(), best.test() - second.test(), second.head(), best.chance(second, testImages));
    }
    if (beaten.isEmpty()) {
      return with + format("nobody wins: from %s down to %s, the test does not tell them apart.",
          named(best), named(last(level)));
    }
    return with + format("%s share the first place, not told apart by the test; clearly behind: %s.",
        joined(level, HeadVerdict::named), joined(beaten, HeadVerdict::named));
  }

  /** Where the generalization gap was narrow and where wide: a sentence for each amount of training data. */
  List<String> gaps() {
    return portions.stream().map(portion -> {
      List<HeadScore> narrowFirst = portion.stream().sorted(Comparator.comparingDouble(HeadScore::gap)).toList();
      HeadScore narrow = narrowFirst.get(0);
      HeadScore wide = last(narrowFirst);
      return with(narrow) + format("the gap is narrowest with %s, %.4f (%.4f on the pictures it was trained on), and "
          + "widest with %s, %.4f (%.4f).",
          narrow.head(), narrow.gap(), narrow.train(), wide.head(), wide.gap(), wide.train());
    }).toList();
  }

  /** What dropout did to the flatten head: a sentence for each amount of training data. */
  List<String> dropout() {
    return portions.stream().map(portion -> {
      HeadScore dropped = score(portion, Head.FLATTEN_DROPOUT);
      HeadScore plain = score(portion, Head.FLATTEN);
      return with(plain) + format("dropout makes the gap %s (%.4f instead of %.4f) and the test accuracy %s (%.4f "
              + "instead of %.4f).",
          dropped.gap() < plain.gap() ? "narrower" : "no narrower", dropped.gap(), plain.gap(),
          dropped.clearlyBeats(plain, testImages) ? "clearly better"
              : plain.clearlyBeats(dropped, testImages) ? "clearly worse" : "neither clearly better nor clearly worse",
          dropped.test(), plain.test());
    }).toList();
  }

  /** How parameters and speed compare. */
  String cost() {
    HeadScore flatten = score(last(portions), Head.FLATTEN);
    HeadScore gap = score(last(portions), Head.GAP);
    double[] faster = portions.stream().mapToDouble(portion ->
        score(portion, Head.GAP).imagesPerSecond() / score(portion, Head.FLATTEN).imagesPerSecond()).toArray();
    String speed = Arrays.stream(faster).allMatch(ratio -> ratio > SPEED_NOISE) ? "faster every time"
        : Arrays.stream(faster).allMatch(ratio -> ratio < 1 / SPEED_NOISE) ? "more slowly every time"
        : "now faster, now not, so that the clock does not tell them apart";
    return format("The model with GAP has %,d parameters and the one with flatten %,d, %.1f times as many. GAP trained "
        + "%s (with %,d pictures %,.0f a second, flatten %,.0f).", gap.parameters(), flatten.parameters(),
        flatten.parameters() / (double) gap.parameters(), speed, gap.images(), gap.imagesPerSecond(),
        flatten.imagesPerSecond());
  }

  /** What that makes of the advice never to flatten. */
  String advice() {
    List<HeadScore> right = new ArrayList<>();
    List<HeadScore> wrong = new ArrayList<>();
    for (List<HeadScore> portion : portions) {
      HeadScore gap = score(portion, Head.GAP);
      HeadScore flatten = score(portion, Head.FLATTEN);
      if (gap.clearlyBeats(flatten, testImages)) {
        right.add(gap);
      } else if (flatten.clearlyBeats(gap, testImages)) {
        wrong.add(gap);
      }
    }
    if (right.isEmpty() && wrong.isEmpty()) {
      return "\"Do not flatten\": accuracy gives no reason here, GAP was never clearly better than flatten nor clearly "
          + "worse. The parameters do.";
    }
    List<String> cases = new ArrayList<>();
    if (!right.isEmpty()) {
      cases.add("GAP was clearly better than flatten with " + joined(right, HeadVerdict::images) + " pictures");
    }
    if (!wrong.isEmpty()) {
      cases.add("flatten was clearly better than GAP with " + joined(wrong, HeadVerdict::images) + " pictures");
    }
    if (right.size() + wrong.size() < portions.size()) {
      cases.add("otherwise the test does not tell the two apart");
    }
    return "\"Do not flatten\": " + (wrong.isEmpty() ? "so it is here. " : right.isEmpty() ? "not so here. "
        : "that depends. ") + capital(String.join("; ", cases)) + ".";
  }

  private static HeadScore score(List<HeadScore> portion, Head head) {
    return portion.stream().filter(score -> score.head() == head).findFirst().orElseThrow();
  }

  private static String with(HeadScore score) {
    return format("With %,d pictures ", score.images());
  }

  private static String named(HeadScore score) {
    return format("%s (%.4f)", score.head(), score.test());
  }

  private static String images(HeadScore score) {
    return format("%,d", score.images());
  }

  private static String joined(List<HeadScore> scores, Function<HeadScore, String> name) {
    List<String> names = scores.stream().map(name).toList();
    return names.size() == 1 ? names.get(0)
        : names.stream().limit(names.size() - 1L).collect(Collectors.joining(", ")) + " and " + last(names);
  }

  private static String capital(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static <T> T last(List<T> list) {
    return list.get(list.size() - 1);
  }
}
