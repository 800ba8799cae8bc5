/// The kernel and libc, as few calls as the daemon needs; the only room with foreign memory.
///
/// Start reading at [Libc]: everything native passes through its one call shape. What other rooms
/// use stands above it in small groups: [Descriptors], [Epoll], [Spawner], [Children], [Signals].
/// This room knows nothing of services and decides nothing.
@NullMarked
package dev.coffey.process.linux;

import org.jspecify.annotations.NullMarked;
