/// What happened, as one numbered sequence that readers follow at their own pace.
///
/// Start reading at [Events]. A reader is a cursor: it asks for what comes after the number it has,
/// and is told how many it missed when that is no longer kept. Nobody pushes to a slow reader and
/// nobody waits for one. This room keeps only what fits in memory; it does not know where events
/// come from or go to.
@NullMarked
package dev.coffey.events;

import org.jspecify.annotations.NullMarked;
