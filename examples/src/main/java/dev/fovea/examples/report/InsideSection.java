package dev.fovea.examples.report;

import dev.fovea.core.Parameter;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.examples.html.Html;
import dev.fovea.train.trace.Trace;
import dev.fovea.train.trace.TracedLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the model looks at: the filters of its first layer, what they give for a few pictures, and where the loss is
 * most sensitive (the gradient by each pixel; Simonyan, Vedaldi and Zisserman, "Deep inside convolutional networks",
 * 2013).
 */
final class InsideSection implements Section {
  private static final int FILTERS = 64;
  private static final int MAPS = 16;
  private static final int PICTURES = 4;

  @Override
  public String heading() {
    return "What it looks at";
  }

  @Override
  public String html(Subject subject) {
    if (subject.test().sampleShape().rank() != 3) {
      return "";
    }
    StringBuilder html = new StringBuilder(filters(subject));
    html.append("<h3>Pictures on their way</h3>\n<p>The picture; how strongly the loss changes with each pixel; what "
        + "the first layer makes of it.</p>\n");
    for (int index : chosen(subject)) {
      html.append(onTheWay(subject, index));
    }
    return html.toString();
  }

  /** The first weight with filters, if its filters have more than one pixel. */
  private static String filters(Subject subject) {
    return subject.model().parameters().stream()
        .filter(parameter -> parameter.shape().rank() == 4).findFirst()
        .filter(parameter -> parameter.shape().dim(2) > 1 || parameter.shape().dim(3) > 1)
        .map(InsideSection::filters).orElse("");
  }

  /** A picture a filter: in colour if it has three channels, else a picture a channel, red above 0, blue below. */
  private static String filters(Parameter weight) {
    Shape shape = weight.shape();
    int height = shape.dim(2);
    int width = shape.dim(3);
    int planes = shape.dim(1) == 3 ? shape.dim(0) : shape.dim(0) * shape.dim(1);
    StringBuilder html = new StringBuilder("<h3>Filters of the first convolution</h3>\n<p>")
        .append(Html.escaped(weight.name())).append(' ').append(shape).append(shape.dim(1) == 3
            ? ": grey is 0." : ": white is 0, red above, blue below.").append("</p>\n<div class=\"filters\">");
    for (int plane = 0; plane < Math.min(FILTERS, planes); plane++) {
      String text = (shape.dim(1) == 3 ? "filter " : "plane ") + plane;
      html.append(Pictures.element(shape.dim(1) == 3
          ? Pictures.sample(aroundGrey(weight.data(), plane * 3 * height * width, height, width))
          : Pictures.signed(weight.data(), plane * height * width, height, width), text));
    }
    return html.append("</div>\n").toString();
  }

  private static Tensor aroundGrey(float[] weights, int from, int height, int width) {
    float[] values = new float[3 * height * width];
    float largest = Float.MIN_NORMAL;
    for (int i = 0; i < values.length; i++) {
      largest = Math.max(largest, Math.abs(weights[from + i]));
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = 0.5f + 0.5f * weights[from + i] / largest;
    }
    return Tensor.wrap(Shape.of(3, height, width), values);
  }

  /** The first pictures of different classes. */
  private static List<Integer> chosen(Subject subject) {
    List<Integer> chosen = new ArrayList<>();
    boolean[] seen = new boolean[subject.classNames().size()];
    int wanted = Math.min(PICTURES, seen.length);
    for (int i = 0; i < subject.test().size() && chosen.size() < wanted; i++) {
      int label = subject.test().label(i);
      if (!seen[label]) {
        seen[label] = true;
        chosen.add(i);
      }
    }
    return chosen;
  }

  private static String onTheWay(Subject subject, int index) {
    Verdict verdict = subject.verdict(index);
    Tensor sample = subject.test().sample(index);
    Trace trace = Trace.of(subject.model(), sample, subject.loss(), verdict.actual());
    String name = subject.classNames().get(verdict.actual());
    StringBuilder html = new StringBuilder("<div class=\"pictures\">\n");
    html.append(Pictures.figure(Pictures.sample(sample), "sample " + index, Html.escaped(name)));
    html.append(Pictures.figure(Pictures.strength(trace.sample().gradient()), "gradient of sample " + index,
        String.format(Locale.ROOT, "taken for %s<br>%.4f", Html.escaped(subject.classNames().get(verdict.predicted())),
            verdict.probability())));
    TracedLayer first = trace.layers().stream()
        .filter(layer -> layer.parameterCount() > 0 && layer.output().shape().rank() == 3).findFirst().orElse(null);
    if (first != null) {
      Shape shape = first.output().shape();
      html.append("<div class=\"maps\">");
      for (int map = 0; map < Math.min(MAPS, shape.dim(0)); map++) {
        html.append(Pictures.element(Pictures.plane(first.output().value().data(),
            map * shape.dim(1) * shape.dim(2), shape.dim(1), shape.dim(2)), first.name() + ", map " + map));
      }
      html.append("</div>");
    }
    return html.append("</div>\n").toString();
  }
}
