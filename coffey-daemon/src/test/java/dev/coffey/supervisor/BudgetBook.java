package dev.coffey.supervisor;

import static dev.coffey.supervisor.Violation.require;

import dev.coffey.fleet.Transition;
import dev.coffey.lifecycle.ServiceState.BackingOff;
import dev.coffey.spec.DaemonSpec.Budget;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// Counts automatic restarts against the budget, and none before its time.
final class BudgetBook {
  private static final int REMEMBERED_MAX = 24;

  private final Budget budget;
  private final TreeMap<Instant, Integer> granted = new TreeMap<>();

  BudgetBook(Budget budget) {
    this.budget = budget;
  }

  /// @param timePassed whether time alone has led to this
  void happened(Transition transition, Instant now, boolean timePassed) {
    if (timePassed
        && transition.before().state() instanceof BackingOff(Instant retryAt, boolean budgeted)
        && !(transition.after().state() instanceof BackingOff)) {
      require(
          !retryAt.isAfter(now) || transition.before().paused(),
          "nobody comes back before his time",
          retryAt,
          transition.after().name());
      granted.merge(budgeted ? retryAt : now, 1, Integer::sum);
      if (granted.size() > REMEMBERED_MAX) {
        granted.pollFirstEntry();
      }
      withinBudget();
    }
  }

  /// In no stretch of time are there more than the burst and what the rate allows.
  private void withinBudget() {
    for (Instant from : granted.keySet()) {
      int count = 0;
      for (Map.Entry<Instant, Integer> entry : granted.tailMap(from).entrySet()) {
        count += entry.getValue();
        double seconds = Duration.between(from, entry.getKey()).toNanos() / 1e9;
        double most = budget.burst() + seconds * budget.perSecond() + 0.001;
        if (count > most) {
          throw new Violation("automatic restarts stay within the budget", count + " restarts");
        }
      }
    }
  }
}
