package dev.coffey.config.tree;

import dev.coffey.spec.Problem;

/// A problem together with the place it was found at.
public record Finding(Problem problem, Place place) {
  public boolean isError() {
    return problem.severity() == Problem.Severity.ERROR;
  }
}
