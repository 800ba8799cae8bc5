package dev.coffey.health;

/// Text on which a pattern that would search for ever can be stopped by an interrupt.
record InterruptibleText(CharSequence text) implements CharSequence {
  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    if (Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException("the search was stopped");
    }
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return new InterruptibleText(text.subSequence(start, end));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
