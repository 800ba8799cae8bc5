/// Keeps over the daemon's end what is wanted of services otherwise than the configuration says:
/// what an operator stopped stays stopped. Start reading at [Wishes]. Who wants what is decided
/// elsewhere; this only remembers it.
@NullMarked
package dev.coffey.wishes;

import org.jspecify.annotations.NullMarked;
