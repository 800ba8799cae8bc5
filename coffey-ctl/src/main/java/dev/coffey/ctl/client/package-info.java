/// The way to the daemon: where its socket is, the one channel to it, deadlines, and what went
/// wrong as a sentence. Start reading at `Daemon`. It prints nothing and knows no verbs; no gRPC
/// type but the generated messages leaves it.
@NullMarked
package dev.coffey.ctl.client;

import org.jspecify.annotations.NullMarked;
