package dev.coffey.ctl.output;

import dev.coffey.v1.Cause;
import dev.coffey.v1.ExplainServiceResponse;
import dev.coffey.v1.Service;
import java.time.Duration;
import java.time.Instant;

/// A chain of causes, each one step further in, and what can be done.
public final class CausesText {
  private CausesText() {}

  public static void print(Screen screen, ExplainServiceResponse why, Instant now) {
    Service service = why.getService();
    String state =
        screen.palette().paint(Tones.of(service.getState()), Words.of(service.getState()));
    screen.line("%s is %s".formatted(service.getName(), state));
    String indent = "  ";
    for (Cause cause : why.getCausesList()) {
      String age =
          cause.hasSince()
              ? " (for %s)"
                  .formatted(Times.brief(Duration.between(Times.instant(cause.getSince()), now)))
              : "";
      screen.line(indent + Escapes.plain(cause.getText()) + age);
      indent += "  ";
    }
    LogText log = new LogText(screen, LogText.Form.TIMED);
    service.getLogTailList().forEach(line -> log.print(line, "  "));
    why.getAdviceList().forEach(advice -> screen.line("-> " + Escapes.plain(advice)));
  }

  public static JsonObject json(ExplainServiceResponse why) {
    return new JsonObject()
        .put("service", ServiceJson.of(why.getService()))
        .put("causes", why.getCausesList(), CausesText::cause)
        .put("advice", why.getAdviceList());
  }

  private static JsonObject cause(Cause cause) {
    JsonObject json = new JsonObject().put("text", cause.getText());
    if (cause.hasService()) {
      json.put("service", cause.getService());
    }
    ServiceJson.putTime(json, "since", cause.hasSince(), cause.getSince());
    return cause.hasEventSeq() ? json.put("event_seq", cause.getEventSeq()) : json;
  }
}
