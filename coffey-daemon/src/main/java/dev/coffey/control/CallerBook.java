package dev.coffey.control;

import dev.coffey.supervisor.Operations;
import dev.coffey.v1.Caller;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Remembers who gave which command, for as long as the command itself is remembered.
final class CallerBook {
  private static final int CALLERS_MAX = 2 * Operations.OPERATIONS_MAX;

  private final Map<Long, Caller> callers = new LinkedHashMap<>();

  synchronized void note(long operation, dev.coffey.control.Caller caller) {
    callers.put(
        operation,
        Caller.newBuilder()
            .setUid(Integer.toUnsignedLong(caller.peer().uid()))
            .setGid(Integer.toUnsignedLong(caller.peer().gid()))
            .setPid(caller.peer().pid())
            .build());
    if (callers.size() > CALLERS_MAX) {
      callers.remove(callers.keySet().iterator().next());
    }
  }

  synchronized Optional<Caller> of(long operation) {
    return Optional.ofNullable(callers.get(operation));
  }
}
