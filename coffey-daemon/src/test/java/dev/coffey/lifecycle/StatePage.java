package dev.coffey.lifecycle;

import dev.coffey.lifecycle.ServiceEvent.DeadlinePassed;
import dev.coffey.lifecycle.ServiceEvent.Emptied;
import dev.coffey.lifecycle.ServiceEvent.Ended;
import dev.coffey.lifecycle.ServiceEvent.LaunchFailed;
import dev.coffey.lifecycle.ServiceEvent.Launched;
import dev.coffey.lifecycle.ServiceEvent.ProbeReported;
import dev.coffey.lifecycle.ServiceEvent.RefusedToDie;
import dev.coffey.lifecycle.ServiceEvent.ReloadBegan;
import dev.coffey.lifecycle.ServiceEvent.ReloadEnded;
import dev.coffey.lifecycle.ServiceEvent.StartGranted;
import dev.coffey.lifecycle.ServiceEvent.StopCommandEnded;
import dev.coffey.lifecycle.ServiceEvent.StopGranted;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The page of states and events, made by trying each event in each state.
final class StatePage {
  /// What the page is made with: before the deadlines of the samples, and after them.
  private static final Instant EARLY = Samples.NOW.plusMillis(1);

  private static final Instant LATE = Samples.NOW.plus(Duration.ofDays(1));

  private static final String HEAD =
      """
      # Every state and every event

      Made from the code by `StatePageTest`, which fails when the code and this page differ; `make states` writes it anew.

      Each state of the machine of one service is met with each event that there is. *Impossible* is a bug if seen: nothing in
      the world or in the fleet can bring that event there, and the loop refuses to decide on it. News of another run than the
      present one is dropped in every state and is not listed again. What settles when a start or a stop is granted, and what
      dependents do, is the fleet's part: see `Settling` and `Reactions`.

      The sample is a service with all three probes (thresholds 1), policy `on-failure`, back-off from one second; wanted, with
      its deadlines passed.
      """;

  private StatePage() {}

  static Map<String, ServiceEvent> events() {
    Map<String, ServiceEvent> events = new LinkedHashMap<>();
    events.put("start granted", new StartGranted(Samples.RUN.next()));
    events.put("stop granted", new StopGranted(StopReason.UNWANTED));
    events.put("deadline passed", new DeadlinePassed());
    events.put("launched", new Launched(Samples.RUN, 42));
    events.put("launch failed", new LaunchFailed(Samples.RUN, failure(false)));
    events.put("launch failed for want of resources", new LaunchFailed(Samples.RUN, failure(true)));
    events.put("ended, exit 0", new Ended(Samples.RUN, new ExitStatus.Exited(0)));
    events.put("ended, exit 1", new Ended(Samples.RUN, new ExitStatus.Exited(1)));
    events.put("reload began", new ReloadBegan(Samples.RUN));
    events.put("reload ended", new ReloadEnded(Samples.RUN));
    events.put("stop command succeeded", new StopCommandEnded(Samples.RUN, true));
    events.put("stop command failed", new StopCommandEnded(Samples.RUN, false));
    events.put("emptied", new Emptied(Samples.RUN));
    events.put("refused to die", new RefusedToDie(Samples.RUN, 1));
    for (ProbeKind kind : ProbeKind.values()) {
      String name = kind.name().toLowerCase(Locale.ROOT);
      events.put("good " + name + " probe", probed(kind, true));
      events.put("bad " + name + " probe", probed(kind, false));
    }
    return events;
  }

  private static LaunchFailure failure(boolean retryable) {
    return new LaunchFailure("exec", "cannot execute '/x'", retryable);
  }

  private static ProbeReported probed(ProbeKind kind, boolean good) {
    return new ProbeReported(Samples.RUN, kind, new ProbeOutcome(good, "", Duration.ZERO));
  }

  static String markdown() {
    StringBuilder page = new StringBuilder(HEAD);
    Samples.all()
        .forEach((title, service) -> {
          page.append("\n## ").append(title).append("\n\n| event | leads to | effects |\n");
          page.append("|---|---|---|\n");
          boolean hasRun = service.state().currentRun().isPresent();
          events()
              .forEach((name, event) -> {
                if (hasRun || !(event instanceof ServiceEvent.News)) {
                  row(page, name, service, event);
                }
              });
          page.append(hasRun ? "" : "| news of any run | dropped | – |\n");
        });
    return page.toString();
  }

  private static void row(StringBuilder page, String name, Service service, ServiceEvent event) {
    String early = cell(service, event, EARLY);
    String late = cell(service, event, LATE);
    if (event instanceof DeadlinePassed && !early.equals(late)) {
      page.append("| ").append(name).append(", too early | ").append(early).append(" |\n");
    }
    page.append("| ").append(name).append(" | ").append(late).append(" |\n");
  }

  private static String cell(Service service, ServiceEvent event, Instant now) {
    try {
      Step step = Lifecycle.step(service, event, new Moment(now, 0));
      return outcome(service, step) + " | " + effects(step);
    } catch (AssertionError e) {
      return "*impossible* | –";
    }
  }

  private static String outcome(Service before, Step step) {
    Service after = step.service();
    String state = Samples.name(after.state());
    String where = state.equals(Samples.name(before.state())) ? "stays" : "**" + state + "**";
    @Nullable StopReason endRun = after.wish().endRun();
    String wish =
        endRun != null && before.wish().endRun() == null
            ? ", to be ended: " + endRun.name().toLowerCase(Locale.ROOT).replace('_', ' ')
            : "";
    boolean stopWanted =
        after.state() instanceof ServiceState.Launching(_, _, var stop) && stop != null;
    String remembered = stopWanted ? ", the stop is remembered" : "";
    String same = before.equals(after) && step.effects().isEmpty() ? "nothing to do" : where;
    return same + wish + remembered + (step.fatal() ? ", the daemon ends" : "");
  }

  private static String effects(Step step) {
    List<String> names =
        step.effects().stream()
            .map(effect ->
                effect instanceof Effect.Probe probe
                    ? "Probe " + probe.kind().name().toLowerCase(Locale.ROOT)
                    : effect.getClass().getSimpleName())
            .toList();
    return names.isEmpty() ? "–" : names.stream().collect(Collectors.joining(", "));
  }
}
