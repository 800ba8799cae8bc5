package dev.coffey.ctl.output;

import dev.coffey.v1.Operation;
import dev.coffey.v1.Outcome;
import dev.coffey.v1.ServiceOutcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// Tells people how an operation goes, each thing once: a line a change, failures with all that
/// helps.
public final class ProgressText {
  private final Screen screen;
  private final String verb;
  private final Map<String, String> told = new HashMap<>();
  private final Map<String, Outcome> outcomes = new HashMap<>();
  private boolean complained;

  public ProgressText(Screen screen, String verb) {
    this.screen = screen;
    this.verb = verb;
  }

  /// A change under way, or the end of one service's part.
  public void tell(ServiceOutcome outcome) {
    String text = text(outcome);
    if (text.equals(told.put(outcome.getService(), text))) {
      return;
    }
    outcomes.put(outcome.getService(), outcome.getOutcome());
    if (outcome.getOutcome() == Outcome.OUTCOME_FAILED) {
      complain(outcome);
    } else {
      screen.line(text);
    }
  }

  /// Who waits, and for what, from the beginning.
  public void tellBeginning(Operation operation) {
    for (ServiceOutcome outcome : operation.getServicesList()) {
      if (outcome.getOutcome() == Outcome.OUTCOME_PENDING && outcome.hasReason()) {
        tell(outcome);
      }
    }
  }

  /// What has not been told yet. How it ended for a service is told once, also when the service has
  /// gone on to something else since.
  public void tellEnd(Operation operation) {
    for (ServiceOutcome outcome : operation.getServicesList()) {
      if (outcome.getOutcome() != outcomes.get(outcome.getService())) {
        tell(outcome);
      }
    }
  }

  /// Whether a service has been complained about; the operation's own reason says no more then.
  public boolean hasComplained() {
    return complained;
  }

  private void complain(ServiceOutcome outcome) {
    complained = true;
    screen.complain("cannot %s '%s': %s".formatted(verb, outcome.getService(), reason(outcome)));
    outcome
        .getLogTailList()
        .forEach(line -> screen.note("  " + Escapes.show(line.getText(), screen.palette())));
    outcome.getAdviceList().forEach(advice -> screen.note("  " + advice));
  }

  private static String reason(ServiceOutcome outcome) {
    if (outcome.hasReason()) {
      return Escapes.plain(outcome.getReason());
    }
    return outcome.hasResult()
        ? ServiceText.result(outcome.getResult())
        : "it is " + Words.of(outcome.getState());
  }

  private String text(ServiceOutcome outcome) {
    String state =
        screen.palette().paint(Tones.of(outcome.getState()), Words.of(outcome.getState()));
    StringBuilder text = new StringBuilder(outcome.getService()).append(": ").append(state);
    if (outcome.hasPid()) {
      text.append(", pid ").append(outcome.getPid());
    }
    if (outcome.hasReason()) {
      text.append(", ").append(Escapes.plain(outcome.getReason()));
    }
    switch (outcome.getOutcome()) {
      case OUTCOME_UNCHANGED -> text.append(" already");
      case OUTCOME_CANCELLED -> text.append(", overtaken by another command");
      case OUTCOME_SKIPPED -> text.append(", left alone");
      case OUTCOME_FAILED -> text.append(", failed");
      case OUTCOME_DONE -> {
        if (verb.equals("kill")) {
          text.append(", signalled");
        } else if (outcome.getTookMs() > 0) {
          text.append(" after ").append(Times.brief(Duration.ofMillis(outcome.getTookMs())));
        }
      }
      case OUTCOME_PENDING, OUTCOME_UNSPECIFIED, UNRECOGNIZED -> {}
    }
    return text.toString();
  }
}
