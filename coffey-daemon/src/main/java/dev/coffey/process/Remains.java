package dev.coffey.process;

import dev.coffey.lifecycle.RunId;
import dev.coffey.process.ProcessTable.Entry;
import java.util.List;

/// What a run may leave behind: the session that its main process led, and those who were seen
/// below it before it was asked to end, for they may have left session and mark.
record Remains(RunId run, int session, List<Entry> seen) {
  Remains {
    seen = List.copyOf(seen);
  }

  boolean saw(Entry entry) {
    return seen.stream().anyMatch(entry::sameAs);
  }
}
