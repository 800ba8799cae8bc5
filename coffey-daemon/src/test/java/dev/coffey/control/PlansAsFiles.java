package dev.coffey.control;

import dev.coffey.spec.Plan;
import dev.coffey.spec.Problem;
import dev.coffey.supervisor.Submission;
import dev.coffey.supervisor.Supervisor;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/// Files whose text a test lays down as a plan, or as what is wrong with them.
final class PlansAsFiles implements ConfigSource {
  private final Supervisor supervisor;
  private volatile Reading reading;

  PlansAsFiles(Supervisor supervisor, Plan plan) {
    this.supervisor = supervisor;
    this.reading = new Reading.Sound(plan, List.of());
  }

  void replace(Plan plan) {
    reading = new Reading.Sound(plan, List.of());
  }

  void spoil(Problem problem) {
    reading = new Reading.Bad(List.of(problem));
  }

  @Override
  public Reading read() {
    return reading;
  }

  @Override
  public Reloading reload() throws InterruptedException {
    return switch (reading) {
      case Reading.Bad(List<Problem> problems) -> new Reloading.Refused(problems);
      case Reading.Sound(Plan plan, _) -> begun(plan);
    };
  }

  private Reloading begun(Plan plan) throws InterruptedException {
    try {
      return switch (supervisor.replan(plan).get()) {
        case Submission.Begun(var operation) -> new Reloading.Begun(operation);
        case Submission.Declined _ -> new Reloading.TooLate();
      };
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public long version() {
    return 7;
  }

  @Override
  public String schema() {
    return "{}";
  }

  @Override
  public Optional<String> explanation(String code) {
    return code.equals("cycle")
        ? Optional.of("Services wait for\neach other. Take one edge out.")
        : Optional.empty();
  }
}
