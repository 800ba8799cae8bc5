package dev.coffey.ctl.output;

import dev.coffey.ctl.output.Palette.Tone;
import dev.coffey.v1.ChangeEffect;
import dev.coffey.v1.PlanResponse;
import dev.coffey.v1.ServiceChange;
import java.util.ArrayList;
import java.util.List;

/// What a reload would do, for people and for programs.
public final class PlanText {
  private PlanText() {}

  /// A line for each service that moves, and how many do not.
  public static List<String> lines(PlanResponse plan, Palette palette) {
    List<String> lines = new ArrayList<>();
    plan.getRemovedList().forEach(name -> lines.add(palette.paint(Tone.BAD, "- " + name)));
    plan.getAddedList().forEach(name -> lines.add(palette.paint(Tone.GOOD, "+ " + name)));
    plan.getChangedList().forEach(change -> lines.add(palette.paint(Tone.BUSY, line(change))));
    plan.getAlsoRestartsList()
        .forEach(also ->
            lines.add(
                palette.paint(
                    Tone.BUSY, "~ %s: restart, %s".formatted(also.getName(), also.getBecause()))));
    plan.getDaemonList()
        .forEach(change ->
            lines.add(
                palette.paint(
                    Tone.BUSY, "~ %s: %s".formatted(change.getKey(), word(change.getEffect())))));
    lines.add(
        lines.isEmpty()
            ? "nothing changes: " + services(plan.getUnchangedCount())
            : "unchanged: " + services(plan.getUnchangedCount() - plan.getAlsoRestartsCount()));
    return lines;
  }

  public static JsonObject json(PlanResponse plan) {
    JsonObject json =
        new JsonObject()
            .put("added", plan.getAddedList())
            .put("removed", plan.getRemovedList())
            .put("changed", plan.getChangedList(), PlanText::json)
            .put("unchanged", plan.getUnchangedList())
            .put(
                "also_restarts",
                plan.getAlsoRestartsList(),
                also ->
                    new JsonObject().put("name", also.getName()).put("because", also.getBecause()));
    if (plan.getDaemonCount() > 0) {
      json.put(
          "daemon",
          plan.getDaemonList(),
          change ->
              new JsonObject().put("key", change.getKey()).put("effect", json(change.getEffect())));
    }
    if (plan.getWarningsCount() > 0) {
      json.put("warnings", plan.getWarningsList(), DaemonJson::problem);
    }
    return json.put("base_version", plan.getBaseVersion());
  }

  private static JsonObject json(ServiceChange change) {
    return new JsonObject()
        .put("name", change.getName())
        .put("keys", change.getKeysList())
        .put("effect", json(change.getEffect()));
  }

  private static String json(ChangeEffect effect) {
    return effect == ChangeEffect.CHANGE_EFFECT_DAEMON ? "daemon" : word(effect);
  }

  private static String line(ServiceChange change) {
    return "~ %s: %s (%s)"
        .formatted(
            change.getName(), word(change.getEffect()), String.join(", ", change.getKeysList()));
  }

  private static String word(ChangeEffect effect) {
    return switch (effect) {
      case CHANGE_EFFECT_LIVE -> "live";
      case CHANGE_EFFECT_RESTART -> "restart";
      case CHANGE_EFFECT_DAEMON -> "daemon restart";
      case CHANGE_EFFECT_UNSPECIFIED, UNRECOGNIZED -> "unknown";
    };
  }

  private static String services(int number) {
    return number + (number == 1 ? " service" : " services");
  }
}
