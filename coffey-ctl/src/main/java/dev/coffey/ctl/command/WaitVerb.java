package dev.coffey.ctl.command;

import dev.coffey.ctl.client.Answers;
import dev.coffey.ctl.client.CallFailed;
import dev.coffey.ctl.output.JsonObject;
import dev.coffey.ctl.output.ServiceJson;
import dev.coffey.ctl.output.Words;
import dev.coffey.v1.Health;
import dev.coffey.v1.ListServicesRequest;
import dev.coffey.v1.Result;
import dev.coffey.v1.Service;
import dev.coffey.v1.ServiceSelector;
import dev.coffey.v1.WatchServicesRequest;
import dev.coffey.v1.WatchServicesResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Waits until services are in a state; by default until they have ended, and hands on their exit
/// code.
final class WaitVerb implements Verb {
  private static final String FOR = "--for";
  private static final String TIMEOUT = "--timeout";
  private static final int SIGNAL_BASE = 128;

  @Override
  public String name() {
    return "wait";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Specs.verb(
            name(),
            new Specs.Page(
                "Wait until services have ended, or are running or healthy.",
                List.of(
                    "After 'ended', exits with the service's code, or 128 and its signal's number.",
                    "While waiting for another state, exits with 1 once a service has failed for good."),
                List.of("wait migrate", "wait api --for healthy --timeout 1m")));
    Selection.addTo(spec, "0..*");
    spec.addOption(Specs.value("STATE", "ended (the default), running, healthy, stopped.", FOR));
    spec.addOption(
        Specs.value("DURATION", "Wait no longer than this, then exit with 124.", TIMEOUT));
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Session session) {
    String wanted = arguments.matchedOptionValue(FOR, "ended");
    Predicate<Service> arrived = arrived(wanted);
    ServiceSelector selector = Selection.readSome(arguments);
    var limit = Changes.wait(arguments);
    // A watch takes names that do not exist yet; who waits for a misspelt one would wait for ever.
    session.daemon().list(ListServicesRequest.newBuilder().setSelector(selector).build());
    WatchServicesRequest request = WatchServicesRequest.newBuilder().setSelector(selector).build();
    Map<String, Service> services = new TreeMap<>();
    try (Answers<WatchServicesResponse> news = session.daemon().watch(request, limit)) {
      while (news.hasNext()) {
        take(services, news.next());
        if (services.values().stream().allMatch(arrived.or(WaitVerb::isOver))) {
          return end(session, services, wanted.equals("ended") ? s -> true : arrived);
        }
      }
    } catch (CallFailed e) {
      if (e.kind() == CallFailed.Kind.TIMED_OUT) {
        throw VerbFailed.timedOut(still(services, arrived));
      }
      throw e;
    }
    throw VerbFailed.timedOut("the daemon ended the watch; " + still(services, arrived));
  }

  private static Predicate<Service> arrived(String wanted) {
    return switch (wanted) {
      case "ended", "stopped" -> WaitVerb::isOver;
      case "running" -> StatusVerb::isRunning;
      case "healthy" ->
          service ->
              StatusVerb.isRunning(service)
                  && (service.getHealth() == Health.HEALTH_HEALTHY
                      || service.getHealth() == Health.HEALTH_NONE);
      default ->
          throw VerbFailed.usage(
              "--for takes ended, running, healthy or stopped, not '%s'".formatted(wanted));
    };
  }

  /// Down, and not about to come up by itself.
  private static boolean isOver(Service service) {
    return switch (service.getState()) {
      case SERVICE_STATE_STOPPED,
          SERVICE_STATE_COMPLETED,
          SERVICE_STATE_FAILED,
          SERVICE_STATE_INVALID ->
          true;
      default -> false;
    };
  }

  private static void take(Map<String, Service> services, WatchServicesResponse news) {
    switch (news.getNewsCase()) {
      case LIST -> {
        services.clear();
        news.getList().getServicesList().forEach(s -> services.put(s.getName(), s));
      }
      case CHANGED -> services.put(news.getChanged().getName(), news.getChanged());
      case REMOVED -> services.remove(news.getRemoved());
      case UNCHANGED, NEWS_NOT_SET -> {}
    }
  }

  private static int end(
      Session session, Map<String, Service> services, Predicate<Service> asWanted) {
    if (session.screen().isJson()) {
      session
          .screen()
          .document(new JsonObject().put("services", services.values(), ServiceJson::of));
    }
    if (!services.values().stream().allMatch(asWanted)) {
      return ExitCode.FAILED.number();
    }
    return services.values().stream()
        .filter(WaitVerb::isOver)
        .mapToInt(service -> code(service.getResult()))
        .filter(code -> code != 0)
        .findFirst()
        .orElse(ExitCode.DONE.number());
  }

  private static int code(Result result) {
    return switch (result.getKind()) {
      case RESULT_KIND_UNSPECIFIED, RESULT_KIND_SUCCESS -> ExitCode.DONE.number();
      default -> {
        if (result.hasExitCode()) {
          yield result.getExitCode();
        }
        yield result.hasSignalNumber()
            ? SIGNAL_BASE + result.getSignalNumber()
            : ExitCode.FAILED.number();
      }
    };
  }

  private static String still(Map<String, Service> services, Predicate<Service> arrived) {
    List<String> late =
        services.values().stream()
            .filter(arrived.negate())
            .map(service -> "'%s' is %s".formatted(service.getName(), Words.of(service.getState())))
            .toList();
    return "still waiting: " + String.join(", ", late);
  }
}
