/// Launches, signals and awaits the services' processes, and proves which process is whose.
///
/// Start reading at [Processes]. A few threads work here: two make processes, the reaper alone
/// waits for them, the sweeper ends what a run has left behind. All answers go to the
/// [ProcessListener]. This room decides nothing: it does not know why a service starts or ends.
@NullMarked
package dev.coffey.process;

import org.jspecify.annotations.NullMarked;
