package dev.fovea.benchmarks.compare;

import java.util.Arrays;
import java.util.List;

/**
 * Another framework's program.
 *
 * @param name what its harness calls it
 * @param workloads the only workloads it is measured on; none for all
 */
record Peer(String name, List<String> workloads) {
  /**
   * The machine's own peak; the fastest frameworks there are, with the C allocator told to keep memory and as they
   * come; one on one thread, whose latency is the lowest.
   */
  static final String USUAL =
      "peak,torch-py-cl-2t+malloc,torch-py-2t+malloc,tf-java,tf-java+malloc,torch-py-cl-1t@keras-mnist";

  /** Reads {@code NAME} or {@code NAME@WORKLOAD@WORKLOAD}, several of them with commas between. */
  static List<Peer> parse(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).filter(each -> !each.isEmpty()).map(each -> {
      List<String> words = List.of(each.split("@"));
      return new Peer(words.get(0), words.subList(1, words.size()));
    }).toList();
  }

  boolean takes(String workload) {
    return workloads.isEmpty() || workloads.contains(workload);
  }
}
