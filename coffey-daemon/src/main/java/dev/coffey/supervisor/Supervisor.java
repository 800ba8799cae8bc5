package dev.coffey.supervisor;

import dev.coffey.fleet.Command;
import dev.coffey.fleet.Fleet;
import dev.coffey.fleet.FleetEvent;
import dev.coffey.spec.Plan;
import dev.coffey.supervisor.Inbox.Message;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// Supervision from the outside: commands go in, snapshots come out, and nobody waits for anybody.
public final class Supervisor {
  private final Inbox inbox = new Inbox();
  private final Operations operations = new Operations();
  private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Loop loop;
  private final Thread thread;
  private volatile Snapshot snapshot;
  private volatile long busySinceNanos;

  /// A supervisor that has not begun.
  ///
  /// @param fleet what it begins with, none of it started
  public Supervisor(Fleet fleet, World world, Clock clock, TransitionListener listener) {
    snapshot = new Snapshot(fleet, 0);
    loop =
        new Loop(
            fleet,
            inbox,
            operations,
            new Loop.Ports(world, clock, new SplittableRandom(), listener, this::publish));
    thread = Thread.ofPlatform().name("coffey-loop").unstarted(this::run);
  }

  /// Starts the loop, and with it the services.
  public void begin() {
    inbox.post(new Message(new FleetEvent.Began(), null));
    thread.start();
    Watchdog.over(thread, () -> busySinceNanos);
  }

  /// The fleet as it is now.
  public Snapshot snapshot() {
    return snapshot;
  }

  /// Has a watcher called after each new snapshot, on the loop's thread: it must not block.
  public Subscription watch(Runnable watcher) {
    watchers.add(watcher);
    return () -> watchers.remove(watcher);
  }

  /// Gives a command; the answer comes when the loop has heard it.
  public CompletableFuture<Submission> submit(Command command) {
    return ask(new FleetEvent.Commanded(command));
  }

  /// The operations that commands have become.
  public Operations operations() {
    return operations;
  }

  /// Has another plan put in force; the operation ends when all that it touches is as it asks.
  public CompletableFuture<Submission> replan(Plan plan) {
    return ask(new FleetEvent.PlanChanged(plan));
  }

  private CompletableFuture<Submission> ask(FleetEvent event) {
    CompletableFuture<Submission> answer = new CompletableFuture<>();
    inbox.post(new Message(event, answer));
    if (ended.getCount() == 0) {
      inbox.refuseAll();
    }
    return answer;
  }

  /// Tells news from outside the effects, as a shutdown.
  public void post(FleetEvent event) {
    inbox.post(new Message(event, null));
  }

  /// Waits until everything has ended.
  public void awaitEnd() throws InterruptedException {
    ended.await();
  }

  private void publish(Snapshot next) {
    snapshot = next;
    watchers.forEach(Runnable::run);
  }

  private void run() {
    try {
      while (!loop.over()) {
        busySinceNanos = 0;
        Message message = inbox.take(loop.patience());
        busySinceNanos = System.nanoTime() | 1;
        loop.turn(message);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      busySinceNanos = 0;
      ended.countDown();
      inbox.refuseAll();
    }
  }
}
