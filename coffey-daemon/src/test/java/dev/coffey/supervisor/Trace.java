package dev.coffey.supervisor;

import dev.coffey.spec.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The steps of a simulation; kept only by one that is repeated because it failed.
final class Trace {
  private static final int STEPS_KEPT = 10_000;
  private static final int STEPS_TOLD = 60;

  private final boolean kept;
  private final Deque<Step> steps = new ArrayDeque<>();
  private @Nullable Step heard;

  /// @param about the service, or `null` where it concerns all
  private record Step(Instant at, @Nullable ServiceName about, String text) {
    String told() {
      long millis = Duration.between(Instant.EPOCH, at).toMillis();
      return "%8.3f s  %s".formatted(millis / 1000.0, text);
    }
  }

  Trace(boolean kept) {
    this.kept = kept;
  }

  /// An event; told only when something follows from it.
  void heard(Instant at, Supplier<String> text) {
    if (kept) {
      heard = new Step(at, null, text.get());
    }
  }

  /// What follows from the last event; an empty text means nothing that is worth telling.
  void follows(ServiceName about, Instant at, Supplier<String> text) {
    String told = kept ? text.get() : "";
    if (told.isEmpty()) {
      return;
    }
    if (heard != null) {
      steps.add(new Step(heard.at(), about, heard.text()));
      heard = null;
    }
    steps.add(new Step(at, about, "  " + told));
    while (steps.size() > STEPS_KEPT) {
      steps.remove();
    }
  }

  /// The last steps of these services; of all, when there are none.
  String told(Collection<ServiceName> services) {
    List<Step> theirs =
        steps.stream()
            .filter(step ->
                services.isEmpty() || step.about() == null || services.contains(step.about()))
            .toList();
    int surplus = Math.max(0, theirs.size() - STEPS_TOLD);
    String head = surplus == 0 ? "" : "  … %d earlier steps%n".formatted(surplus);
    return head
        + theirs.stream()
            .skip(surplus)
            .map(step -> "  " + step.told())
            .collect(Collectors.joining("\n"));
  }
}
