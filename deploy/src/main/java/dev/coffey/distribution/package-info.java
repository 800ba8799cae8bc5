/// Puts the built parts together as the tree and the archive that people install. Start reading at
/// [Assemble]. It runs in the build only and is in no distribution.
@NullMarked
package dev.coffey.distribution;

import org.jspecify.annotations.NullMarked;
