package dev.coffey.control;

import dev.coffey.lifecycle.RunId;
import dev.coffey.spec.ResourceSpec;
import dev.coffey.spec.ServiceSpec;
import dev.coffey.supervisor.Ground;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;

/// A machine without control groups.
final class FakeGround implements Ground {
  final List<String> input = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  @Override
  public List<String> notices(ServiceSpec spec) {
    return spec.exec().resources().cgroup().equals(ResourceSpec.Cgroup.NONE)
        ? List.of()
        : List.of("cgroup has no effect");
  }

  @Override
  public OptionalInt write(RunId run, byte[] bytes, boolean end) {
    if (closed) {
      return OptionalInt.empty();
    }
    input.add(new String(bytes, StandardCharsets.UTF_8));
    closed = end;
    return OptionalInt.of(bytes.length);
  }

  @Override
  public void resize(RunId run, int rows, int columns) {
    input.add(rows + "x" + columns);
  }

  @Override
  public List<Offer> offers() {
    return List.of(
        new Offer("process", "pidfd", true, "by number"),
        new Offer("cgroup", "cgroup v2, writable", false, "by mark"));
  }
}
