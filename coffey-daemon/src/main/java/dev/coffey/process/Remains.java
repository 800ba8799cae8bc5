package dev.coffey.process;

import dev.coffey.lifecycle.RunId;
import dev.coffey.process.ProcessTable.Entry;
import java.util.List;
import java.util.Optional;

/// What a run may leave behind: the session that its main process led, and those who were seen
/// below it before it was asked to end, for they may have left session and mark.
record Remains(RunId run, int session, List<Entry> seen, Optional<Cgroup> cgroup) {
  Remains {
    seen = List.copyOf(seen);
  }

  static Remains of(Child child, List<Entry> seen) {
    return new Remains(child.run(), child.pid(), seen, child.cgroup());
  }

  boolean saw(Entry entry) {
    return seen.stream().anyMatch(entry::sameAs);
  }
}
