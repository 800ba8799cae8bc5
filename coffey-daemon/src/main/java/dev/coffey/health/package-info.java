/// Performs one probe and reports what it saw.
///
/// Start reading at [Prober]: it gives each probe a virtual thread and an end, whatever the other
/// side does. A `Look` is one way of looking; [ProbeCommands] runs those that are commands, with
/// the process room's help. This room keeps no tally and decides nothing: what a probe's outcome
/// means is the lifecycle's business.
@NullMarked
package dev.coffey.health;

import org.jspecify.annotations.NullMarked;
