/// Whether and when an ended service may start again. Start reading at [RestartRule].
@NullMarked
package dev.coffey.restart;

import org.jspecify.annotations.NullMarked;
