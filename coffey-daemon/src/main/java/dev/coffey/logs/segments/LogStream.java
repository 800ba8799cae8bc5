package dev.coffey.logs.segments;

/// Which of a process's two outputs.
public enum LogStream {
  STDOUT("stdout"),
  STDERR("stderr");

  private final String word;

  LogStream(String word) {
    this.word = word;
  }

  /// As it is written in the files and shown.
  public String word() {
    return word;
  }
}
