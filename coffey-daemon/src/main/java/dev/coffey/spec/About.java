package dev.coffey.spec;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What people see and select by; nothing here touches the process.
public record About(String description, SortedMap<String, String> labels, String tier) {
  /// Nothing said.
  public static final About NOTHING = new About("", new TreeMap<>(), "");

  public About {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }
}
