package dev.fovea.examples.lessons;

import java.util.List;

/** The lessons there are. */
public final class Lessons {
  private Lessons() {}

  /** All of them, in the order in which one learns best. */
  public static List<Lesson> all() {
    return List.of(
        new FlattenLesson(),
        new GapLesson(),
        new SweepLesson(),
        new OrderLesson(),
        new ContractionLesson(),
        new InputSizeLesson(),
        new ShiftLesson(),
        new QuestionsLesson(),
        new KerasLesson(),
        new FlattenVsGapLesson(),
        new BackpropLesson());
  }
}
