package dev.coffey.lifecycle;

/// Why there is no process.
///
/// @param stage where it went wrong: `env`, `exec`, `chdir`, `user`, `limits`, `log`, `resources`
/// @param message the whole sentence, the errno's text in it
/// @param retryable the machine lacked something (EAGAIN, EMFILE, ENOMEM); not the service's fault
public record LaunchFailure(String stage, String message, boolean retryable) {}
