package dev.coffey.ctl.command;

import dev.coffey.ctl.client.CallFailed;
import dev.coffey.ctl.output.DaemonJson;
import dev.coffey.ctl.output.JsonObject;
import dev.coffey.ctl.output.ServiceJson;
import dev.coffey.ctl.output.ServicePage;
import dev.coffey.ctl.output.ServiceTable;
import dev.coffey.v1.DaemonInfo;
import dev.coffey.v1.GetServiceRequest;
import dev.coffey.v1.GetServiceResponse;
import dev.coffey.v1.ListServicesRequest;
import dev.coffey.v1.ListServicesResponse;
import dev.coffey.v1.Service;
import dev.coffey.v1.ServiceSelector;
import dev.coffey.v1.ServiceState;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Shows services: a table of them, or a page about one.
final class StatusVerb implements Verb {
  @Override
  public String name() {
    return "status";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Specs.verb(
            name(),
            new Specs.Page(
                "Show services: a table, or all about one with its last 10 lines.",
                List.of("With names, exits with 3 unless every one of them is running."),
                List.of("status", "status api", "status 'web@*' -l tier=front", "status -j")));
    Selection.addOptionalTo(spec);
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Session session) {
    ServiceSelector selector = Selection.read(arguments);
    Optional<GetServiceResponse> one =
        Selection.isOneName(selector) ? one(session, selector.getNames(0)) : Optional.empty();
    if (one.isPresent()) {
      Service service = one.get().getService();
      if (session.screen().isJson()) {
        print(session, one.get().getDaemon(), List.of(service));
      } else {
        ServicePage.print(session.screen(), service, session.now());
      }
      return exit(List.of(service));
    }
    ListServicesResponse all =
        session.daemon().list(ListServicesRequest.newBuilder().setSelector(selector).build());
    if (session.screen().isJson()) {
      print(session, all.getDaemon(), all.getServicesList());
    } else {
      ServiceTable.print(session.screen(), all.getDaemon(), all.getServicesList(), session.now());
    }
    return selector.getNamesCount() == 0 ? ExitCode.DONE.number() : exit(all.getServicesList());
  }

  /// Nothing when no service has exactly this name: it may still be that of a template or of a
  /// group.
  private static Optional<GetServiceResponse> one(Session session, String name) {
    try {
      return Optional.of(
          session.daemon().get(GetServiceRequest.newBuilder().setName(name).build()));
    } catch (CallFailed e) {
      if (e.kind() == CallFailed.Kind.NO_SUCH) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static void print(Session session, DaemonInfo daemon, List<Service> services) {
    session
        .screen()
        .document(
            new JsonObject()
                .put("daemon", DaemonJson.of(daemon))
                .put("services", services, ServiceJson::of));
  }

  private static int exit(List<Service> services) {
    return services.stream().allMatch(StatusVerb::isRunning)
        ? ExitCode.DONE.number()
        : ExitCode.NOT_RUNNING.number();
  }

  static boolean isRunning(Service service) {
    return service.getCountsAsRunning()
        || service.getState() == ServiceState.SERVICE_STATE_RUNNING
        || service.getState() == ServiceState.SERVICE_STATE_RELOADING;
  }
}
