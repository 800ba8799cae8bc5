package dev.coffey.process;

import static org.assertj.core.api.Assertions.fail;

import dev.coffey.lifecycle.ExitStatus;
import dev.coffey.lifecycle.LaunchFailure;
import dev.coffey.lifecycle.RunId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Keeps the news in order and lets a test wait for some of it.
final class Recorder implements ProcessListener {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<News> all = new ArrayList<>();

  sealed interface News {
    RunId run();

    record Launched(RunId run, int pid) implements News {}

    record Failed(RunId run, LaunchFailure failure) implements News {}

    record Ended(RunId run, ExitStatus status) implements News {}

    record Emptied(RunId run) implements News {}

    record Refused(RunId run, int processes) implements News {}
  }

  @Override
  public void launched(RunId run, int pid) {
    add(new News.Launched(run, pid));
  }

  @Override
  public void launchFailed(RunId run, LaunchFailure failure) {
    add(new News.Failed(run, failure));
  }

  @Override
  public void ended(RunId run, ExitStatus status) {
    add(new News.Ended(run, status));
  }

  @Override
  public void emptied(RunId run) {
    add(new News.Emptied(run));
  }

  @Override
  public void refusedToDie(RunId run, int processes) {
    add(new News.Refused(run, processes));
  }

  int pidOf(RunId run) throws InterruptedException {
    return await(News.Launched.class, run).pid();
  }

  ExitStatus statusOf(RunId run) throws InterruptedException {
    return await(News.Ended.class, run).status();
  }

  <T extends News> T await(Class<T> kind, RunId run) throws InterruptedException {
    return await(kind, news -> news.run().equals(run));
  }

  synchronized <T extends News> T await(Class<T> kind, Predicate<T> wanted)
      throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Optional<T> found =
          all.stream().filter(kind::isInstance).map(kind::cast).filter(wanted).findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
      if (leftMillis <= 0) {
        return fail("no %s came, only %s".formatted(kind.getSimpleName(), all));
      }
      wait(leftMillis);
    }
  }

  synchronized List<News> all() {
    return List.copyOf(all);
  }

  synchronized long count(Class<? extends News> kind) {
    return all.stream().filter(kind::isInstance).count();
  }

  private synchronized void add(News news) {
    all.add(news);
    notifyAll();
  }
}
