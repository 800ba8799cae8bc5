/// CPU, memory, tasks and descriptors of services, as the kernel counts them.
///
/// Start reading at [Usages]. It knows which process is a run's main one and looks at the rest by
/// itself; it signals nobody and decides nothing.
@NullMarked
package dev.coffey.usage;

import org.jspecify.annotations.NullMarked;
