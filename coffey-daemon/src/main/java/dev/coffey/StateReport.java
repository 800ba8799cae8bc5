package dev.coffey;

import dev.coffey.fleet.ServiceView;
import dev.coffey.fleet.ShownState;
import dev.coffey.supervisor.Snapshot;
import java.util.function.Supplier;

/// Tells the daemon's log how each service is, for those who cannot ask otherwise.
final class StateReport implements Runnable {
  private static final System.Logger LOG = System.getLogger("coffey");

  private final Supplier<Snapshot> snapshots;

  StateReport(Supplier<Snapshot> snapshots) {
    this.snapshots = snapshots;
  }

  @Override
  public void run() {
    ServiceView.all(snapshots.get().fleet()).forEach(StateReport::tell);
  }

  private static void tell(ServiceView view) {
    String reason =
        view.state() == ShownState.RUNNING && view.reason().isEmpty()
            ? view.service().state().process().map(run -> "pid " + run.pid()).orElse("")
            : view.reason();
    LOG.log(
        System.Logger.Level.INFO,
        "{0}: {1}{2}",
        view.service().name(),
        view.state().word(),
        reason.isEmpty() ? "" : " (" + reason + ")");
  }
}
