package dev.coffey;

import dev.coffey.config.ConfigOutcome;
import dev.coffey.config.ConfigReader;
import dev.coffey.config.ConfigReference;
import dev.coffey.config.DiskFiles;
import dev.coffey.config.ProblemText;
import dev.coffey.control.ConfigSource;
import dev.coffey.logs.Logs;
import dev.coffey.spec.Plan;
import dev.coffey.spec.PlanDiff;
import dev.coffey.spec.Problem;
import dev.coffey.spec.ServiceName;
import dev.coffey.supervisor.Operation;
import dev.coffey.supervisor.Submission;
import dev.coffey.supervisor.Supervisor;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/// Reads the configuration again and puts it in force; where anything is wrong with it, says so and
/// changes nothing.
final class Reload implements Runnable, ConfigSource {
  private static final System.Logger LOG = System.getLogger("coffey");
  private static final long HEARD_WITHIN_SECONDS = 20;

  private final Identification who;
  private final Supervisor supervisor;
  private final Logs logs;
  private final AtomicLong version = new AtomicLong(1);

  Reload(Identification who, Supervisor supervisor, Logs logs) {
    this.who = who;
    this.supervisor = supervisor;
    this.logs = logs;
  }

  @Override
  public void run() {
    Thread.ofVirtual().name("coffey-reload").start(this::reloadUnasked);
  }

  private void reloadUnasked() {
    try {
      Reloading _ = reload();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Reading read() {
    var outcome = new ConfigReader(new DiskFiles(), who.host()).read(who.request().strict());
    return switch (outcome) {
      case ConfigOutcome.Refused(List<Problem> problems) -> new Reading.Bad(problems);
      case ConfigOutcome.Loaded loaded -> new Reading.Sound(loaded.plan(), loaded.warnings());
    };
  }

  @Override
  public synchronized Reloading reload() throws InterruptedException {
    return switch (read()) {
      case Reading.Bad(List<Problem> problems) -> {
        tell(problems);
        LOG.log(
            System.Logger.Level.ERROR,
            "cannot reload: the configuration has errors; nothing has changed");
        yield new Reloading.Refused(problems);
      }
      case Reading.Sound(Plan plan, List<Problem> warnings) -> {
        tell(warnings);
        yield putInForce(plan);
      }
    };
  }

  private Reloading putInForce(Plan plan) throws InterruptedException {
    Plan before = supervisor.snapshot().fleet().plan();
    List<String> later =
        PlanDiff.daemon(before.daemon(), plan.daemon()).entrySet().stream()
            .filter(key -> key.getValue() == PlanDiff.Effect.DAEMON)
            .map(key -> "coffey." + key.getKey())
            .toList();
    if (!later.isEmpty()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "only the daemon''s next start brings what has changed in: {0}",
          String.join(", ", later));
    }
    logs.limitTotal(plan.daemon().logsTotalBytesMax());
    plan.services().forEach((name, spec) -> logs.configured(name, spec.logs()));
    retainLogs(plan);
    try {
      return switch (supervisor
          .replan(plan.after(before))
          .get(HEARD_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        case Submission.Begun(Operation operation) -> {
          long number = version.incrementAndGet();
          LOG.log(
              System.Logger.Level.INFO,
              "configuration {0} in force: {1} services",
              number,
              plan.services().size());
          yield new Reloading.Begun(operation);
        }
        case Submission.Declined _ -> new Reloading.TooLate();
      };
    } catch (TimeoutException e) {
      // The loop has ended in the meantime, or hangs; its watchdog tells then.
      return new Reloading.TooLate();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the loop could not decide", e.getCause());
    }
  }

  /// A log stays open for as long as anything of its service is there.
  private void retainLogs(Plan plan) {
    Set<ServiceName> present = new HashSet<>(plan.services().keySet());
    supervisor.snapshot().fleet().services().forEach(service -> present.add(service.name()));
    logs.retain(present);
  }

  @Override
  public long version() {
    return version.get();
  }

  @Override
  public String schema() {
    return ConfigReference.schema();
  }

  @Override
  public Optional<String> explanation(String code) {
    return ConfigReference.explanation(code);
  }

  private static void tell(List<Problem> problems) {
    for (Problem problem : problems) {
      LOG.log(
          problem.severity() == Problem.Severity.ERROR
              ? System.Logger.Level.ERROR
              : System.Logger.Level.WARNING,
          ProblemText.line(problem));
    }
  }
}
