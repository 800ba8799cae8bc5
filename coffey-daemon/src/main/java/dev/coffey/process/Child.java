package dev.coffey.process;

import dev.coffey.lifecycle.RunId;

/// A run's main process: our child, so its number is its own until we reap it.
record Child(RunId run, int pid) {}
