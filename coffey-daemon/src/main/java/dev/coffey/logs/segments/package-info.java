/// What a service wrote, on disk: lines with their time in segments, a number for each, and cursors
/// over them.
///
/// Start reading at `LineFormat`, then [SegmentStore] for the files and [LogCursor] for reading.
/// [PressuredLog] says what happens when the disk refuses. Nothing here starts a thread, asks the
/// time or knows a pipe; the disk stands behind [Disk], so that tests can fill and break it.
@NullMarked
package dev.coffey.logs.segments;

import org.jspecify.annotations.NullMarked;
