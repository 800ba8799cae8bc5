/// The command line: entry and exit codes. Start reading at `Coffeyctl`.
@NullMarked
package dev.coffey.ctl;

import org.jspecify.annotations.NullMarked;
