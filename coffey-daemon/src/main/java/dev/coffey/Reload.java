package dev.coffey;

import dev.coffey.config.ConfigOutcome;
import dev.coffey.config.ConfigReader;
import dev.coffey.config.ConfigRequest;
import dev.coffey.config.DiskFiles;
import dev.coffey.config.ProblemText;
import dev.coffey.fleet.FleetEvent;
import dev.coffey.logs.Logs;
import dev.coffey.spec.Plan;
import dev.coffey.spec.Problem;
import dev.coffey.supervisor.Supervisor;
import java.nio.file.Path;
import java.util.List;

/// Reads the configuration again and puts it in force; where anything is wrong with it, says so and
/// changes nothing.
final class Reload implements Runnable {
  private static final System.Logger LOG = System.getLogger("coffey");

  private final Identification who;
  private final Supervisor supervisor;
  private final Logs logs;

  Reload(Identification who, Supervisor supervisor, Logs logs) {
    this.who = who;
    this.supervisor = supervisor;
    this.logs = logs;
  }

  @Override
  public void run() {
    Thread.ofVirtual().name("coffey-reload").start(this::reload);
  }

  private synchronized void reload() {
    List<String> configs = who.configFiles().stream().map(Path::toString).toList();
    ConfigOutcome outcome =
        new ConfigReader(new DiskFiles(), who.host()).read(ConfigRequest.strict(configs));
    switch (outcome) {
      case ConfigOutcome.Refused(List<Problem> problems) -> {
        tell(problems);
        LOG.log(
            System.Logger.Level.ERROR,
            "cannot reload: the configuration has errors; nothing has changed");
      }
      case ConfigOutcome.Loaded loaded -> {
        tell(loaded.warnings());
        putInForce(loaded.plan());
      }
    }
  }

  private void putInForce(Plan plan) {
    Plan before = supervisor.snapshot().fleet().plan();
    if (!before.daemon().control().equals(plan.daemon().control())
        || !before.daemon().directories().equals(plan.daemon().directories())) {
      LOG.log(
          System.Logger.Level.WARNING,
          "socket, pid_file and directories stay as they are until the daemon is started anew");
    }
    LOG.log(
        System.Logger.Level.INFO, "configuration reloaded: {0} services", plan.services().size());
    logs.limitTotal(plan.daemon().logsTotalBytesMax());
    plan.services().forEach((name, spec) -> logs.configured(name, spec.logs()));
    supervisor.post(new FleetEvent.PlanChanged(plan));
  }

  private static void tell(List<Problem> problems) {
    for (Problem problem : problems) {
      LOG.log(
          problem.severity() == Problem.Severity.ERROR
              ? System.Logger.Level.ERROR
              : System.Logger.Level.WARNING,
          ProblemText.of(problem).strip());
    }
  }
}
