package dev.fovea.examples.report;

import dev.fovea.core.Tensor;
import dev.fovea.data.Dataset;
import dev.fovea.examples.html.Html;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the model saw: how many pictures of each class, a few of them, and the mean picture. */
final class DataSection implements Section {
  private static final int CLASSES = 100;
  private static final int PICTURED_CLASSES = 20;
  private static final int PICTURES = 8;
  private static final int AVERAGED = 2_000;

  @Override
  public String heading() {
    return "Data";
  }

  @Override
  public String html(Subject subject) {
    int[] labels = labels(subject.train());
    return counts(subject, labels) + samples(subject, labels) + "<h3>Mean picture</h3>\n<div class=\"pictures\">"
        + Pictures.figure(Pictures.sample(mean(subject.train())), "the mean of the pictures", "of the training data")
        + "</div>";
  }

  private static int[] labels(Dataset data) {
    int[] labels = new int[data.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = data.label(i);
    }
    return labels;
  }

  private static String counts(Subject subject, int[] labels) {
    int[] train = count(labels, subject.classNames().size());
    int[] test = count(labels(subject.test()), subject.classNames().size());
    int most = 1;
    for (int count : train) {
      most = Math.max(most, count);
    }
    StringBuilder html = new StringBuilder("<div class=\"wide\"><table>\n<thead><tr><th>class</th><th class=\"number\">"
        + "training</th><th class=\"number\">test</th><th></th></tr></thead>\n<tbody>\n");
    for (int k = 0; k < Math.min(CLASSES, train.length); k++) {
      html.append(String.format(Locale.ROOT, "<tr><td>%s</td><td class=\"number\">%,d</td><td class=\"number\">%,d</td>"
          + "<td><span class=\"bar\" style=\"width:%.1fem\"></span></td></tr>%n",
          Html.escaped(subject.classNames().get(k)), train[k], test[k], 12.0 * train[k] / most));
    }
    html.append("</tbody></table></div>\n");
    if (train.length > CLASSES) {
      html.append("<p>And ").append(train.length - CLASSES).append(" classes more.</p>\n");
    }
    return html.toString();
  }

  private static int[] count(int[] labels, int classes) {
    int[] counts = new int[classes];
    for (int label : labels) {
      counts[label]++;
    }
    return counts;
  }

  private static String samples(Subject subject, int[] labels) {
    int classes = Math.min(PICTURED_CLASSES, subject.classNames().size());
    List<List<Integer>> chosen = new ArrayList<>();
    for (int k = 0; k < classes; k++) {
      chosen.add(new ArrayList<>());
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < classes && chosen.get(labels[i]).size() < PICTURES) {
        chosen.get(labels[i]).add(i);
      }
    }
    StringBuilder html = new StringBuilder("<h3>Some of the training pictures</h3>\n");
    for (int k = 0; k < classes; k++) {
      String name = subject.classNames().get(k);
      html.append("<div class=\"row\"><span>").append(Html.escaped(name)).append("</span>");
      chosen.get(k).forEach(i ->
          html.append(Pictures.element(Pictures.sample(subject.train().sample(i)), name + ", sample " + i)));
      html.append("</div>\n");
    }
    return html.toString();
  }

  /** The mean of the samples; of many, those at even distances. */
  static Tensor mean(Dataset data) {
    int count = Math.min(AVERAGED, data.size());
    double[] sums = new double[data.sampleShape().size()];
    for (int i = 0; i < count; i++) {
      float[] sample = data.sample((int) ((long) i * data.size() / count)).data();
      for (int j = 0; j < sums.length; j++) {
        sums[j] += sample[j];
      }
    }
    float[] mean = new float[sums.length];
    for (int j = 0; j < mean.length; j++) {
      mean[j] = (float) (sums[j] / count);
    }
    return Tensor.wrap(data.sampleShape(), mean);
  }
}
