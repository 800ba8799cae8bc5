package dev.coffey.config;

import dev.coffey.config.keys.Units;
import dev.coffey.config.keys.Values;
import dev.coffey.config.tree.Problems;
import dev.coffey.config.tree.Tree;
import dev.coffey.spec.ResourceSpec;
import dev.coffey.spec.ResourceSpec.Limit;
import java.util.Optional;
import java.util.TreeMap;

/// Reads the bounds a service runs within.
final class ResourceReader {
  private static final long CPU_PERIOD_MICROS = 100_000;

  /// The kernel refuses less.
  private static final long CPU_QUOTA_MICROS_MIN = 1000;

  private final Problems problems;

  ResourceReader(Problems problems) {
    this.problems = problems;
  }

  Optional<ResourceSpec> read(Values values) {
    TreeMap<String, Limit> limits = new TreeMap<>();
    boolean[] sound = {true};
    values
        .mapping("limits")
        .fields()
        .forEach((name, field) -> {
          if (field.value() instanceof Tree.Scalar text) {
            limit(values, name, text)
                .ifPresentOrElse(limit -> limits.put(name, limit), () -> sound[0] = false);
          }
        });
    return sound[0]
        ? Optional.of(
            new ResourceSpec(
                values.has("umask") ? Integer.valueOf(values.text("umask"), 8) : null,
                values.has("nice") ? Integer.valueOf(values.text("nice")) : null,
                values.has("ionice") ? values.text("ionice") : null,
                values.count("oom_score_adj"),
                limits,
                cgroup(values.fields("cgroup"))))
        : Optional.empty();
  }

  private Optional<Limit> limit(Values values, String name, Tree.Scalar text) {
    String[] parts = text.text().split(":", 2);
    Optional<Long> soft = bound(parts[0]);
    Optional<Long> hard = parts.length == 1 ? soft : bound(parts[1]);
    if (soft.isPresent() && hard.isPresent()) {
      boolean tooHigh =
          hard.get() != Limit.UNLIMITED
              && (soft.get() == Limit.UNLIMITED || soft.get() > hard.get());
      if (!tooHigh) {
        return Optional.of(new Limit(soft.get(), hard.get()));
      }
    }
    problems.error(
        "out-of-range",
        text.place(),
        values.path().key("limits").key(name),
        "the soft limit must not be above the hard limit, but is in '%s'".formatted(text.text()),
        "write soft:hard");
    return Optional.empty();
  }

  private static Optional<Long> bound(String text) {
    return text.equals("unlimited") ? Optional.of(Limit.UNLIMITED) : Units.size(text);
  }

  private static ResourceSpec.Cgroup cgroup(Values values) {
    String memory = values.has("memory_max") ? Long.toString(values.size("memory_max")) : "";
    return new ResourceSpec.Cgroup(memory, cpu(values.text("cpu_max")), values.text("pids_max"));
  }

  /// The kernel takes microseconds in a period, not a share.
  private static String cpu(String text) {
    if (!text.endsWith("%")) {
      return text;
    }
    double percent = Double.parseDouble(text.substring(0, text.length() - 1));
    long quota = Math.round(percent / 100 * CPU_PERIOD_MICROS);
    return "%d %d".formatted(Math.max(quota, CPU_QUOTA_MICROS_MIN), CPU_PERIOD_MICROS);
  }
}
