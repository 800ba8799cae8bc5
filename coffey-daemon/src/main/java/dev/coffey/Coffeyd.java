package dev.coffey;

import dev.coffey.config.ConfigCommands;
import dev.coffey.config.ConfigOutcome;
import dev.coffey.config.ConfigReader;
import dev.coffey.config.ConfigRequest;
import dev.coffey.config.DiskFiles;
import dev.coffey.config.ProblemText;
import dev.coffey.control.LocalLogs;
import dev.coffey.ctl.Coffeyctl;
import dev.coffey.logs.segments.FileDisk;
import dev.coffey.process.linux.Libc;
import dev.coffey.spec.Plan;
import dev.coffey.spec.Problem;
import dev.coffey.spec.ServiceName;
import dev.coffey.v1.TailLogsRequest;
import dev.coffey.v1.TailLogsResponse;
import io.grpc.Status;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/// The daemon's entry: supervision first, then the faces beside it. With one of the client's verbs
/// it is the client.
@QuarkusMain
public final class Coffeyd {
  /// The launcher says under which name it was called.
  private static final String PROGRAM = "coffey.program";

  private Coffeyd() {}

  /// Runs the daemon, or one verb, to its end.
  public static void main(String[] args) {
    int code = run(args);
    if (isVerb(args)) {
      System.out.flush();
      System.err.flush();
      // To exit would search all jars for somebody who logs it, which takes longer than most verbs.
      Runtime.getRuntime().halt(code);
    }
    System.exit(code);
  }

  private static boolean isVerb(String[] args) {
    return args.length > 0 && !args[0].startsWith("-");
  }

  private static boolean wantsHelp(String[] args) {
    return List.of(args).contains("-h") || List.of(args).contains("--help");
  }

  private static int run(String[] args) {
    String program = System.getProperty(PROGRAM, "coffeyd");
    // The client's commands take a while to load, and a service waits for that.
    boolean verb = isVerb(args);
    if (verb && ConfigCommands.verbs().contains(args[0]) && !wantsHelp(args)) {
      return new ConfigCommands(program, Machine.host(), System.out, System.err).run(args);
    }
    if (verb && Coffeyctl.verbs().contains(args[0])) {
      Coffeyctl.Streams streams = new Coffeyctl.Streams(System.out, System.err);
      return Coffeyctl.run(program, args, streams, Coffeyd::logFiles);
    }
    return switch (Arguments.of(List.of(args))) {
      case Arguments.Help() -> {
        System.out.print(Usage.TEXT);
        yield ExitCode.DONE.code();
      }
      case Arguments.Version() -> {
        System.out.println("coffeyd " + BuildVersion.text());
        yield ExitCode.DONE.code();
      }
      case Arguments.Wrong(String message) -> {
        System.err.printf("coffeyd: %s; see coffeyd --help%n", message);
        yield ExitCode.USAGE.code();
      }
      case Arguments.Run(ConfigRequest request) -> supervise(request).code();
    };
  }

  private static Iterator<TailLogsResponse> logFiles(TailLogsRequest request, String directory) {
    if (!directory.isEmpty()) {
      return new LocalLogs(new FileDisk(), Path.of(directory), (_, _) -> false).read(request);
    }
    Plan plan = configured();
    Path logs = plan.daemon().directories().logs();
    return new LocalLogs(new FileDisk(), logs, plan::isInGroup).read(request);
  }

  private static Plan configured() {
    ConfigReader reader = new ConfigReader(new DiskFiles(), Machine.host());
    if (reader.read(ConfigRequest.boot(List.of())) instanceof ConfigOutcome.Loaded loaded) {
      return loaded.plan();
    }
    throw Status.UNKNOWN
        .withDescription("cannot tell from the configuration where the logs are: name it by --dir")
        .asRuntimeException();
  }

  private static ExitCode supervise(ConfigRequest request) {
    warmUp();
    ConfigOutcome outcome = new ConfigReader(new DiskFiles(), Machine.host()).read(request);
    return switch (outcome) {
      case ConfigOutcome.Refused(List<Problem> problems) -> {
        print(problems);
        System.err.printf("coffeyd: cannot start: %s%n", count(problems));
        yield ExitCode.CONFIGURATION;
      }
      case ConfigOutcome.Loaded loaded -> {
        print(loaded.warnings());
        loaded.invalid().values().forEach(Coffeyd::print);
        for (ServiceName name : loaded.plan().invalid().keySet()) {
          System.err.printf(
              "coffeyd: starts without '%s': its configuration does not load%n", name);
        }
        yield supervise(loaded, request);
      }
    };
  }

  /// The search for a logger through all jars, and the binding of the first call of libc, take
  /// about as long as the configuration: done beside it, no service waits for them.
  private static void warmUp() {
    Thread.ofPlatform()
        .daemon()
        .name("coffey-warm")
        .start(() -> {
          System.Logger _ = System.getLogger("coffey");
          Libc.open().bind();
        });
  }

  private static ExitCode supervise(ConfigOutcome.Loaded loaded, ConfigRequest request) {
    try (House house = House.open(loaded.plan(), new Identification(request, Machine.host()))) {
      house.begin();
      Thread ending = Thread.ofPlatform().name("coffey-end").start(() -> closeAfter(house));
      showFaces(house);
      ending.join();
      return house.await();
    } catch (IOException e) {
      System.err.printf("coffeyd: %s%n", e.getMessage());
      return ExitCode.REFUSED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.FAILED;
    }
  }

  /// Supervision does not depend on the faces: without them it goes on.
  private static void showFaces(House house) {
    try {
      Faces.open(house);
    } catch (RuntimeException e) {
      System.getLogger("coffey")
          .log(System.Logger.Level.ERROR, "cannot open the control socket; supervision goes on", e);
    }
  }

  private static void closeAfter(House house) {
    try {
      ExitCode _ = house.await();
      house.socket().awaitFarewells();
      Faces.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void print(List<Problem> problems) {
    problems.forEach(problem -> System.err.print(ProblemText.of(problem)));
  }

  private static String count(List<Problem> problems) {
    long errors =
        problems.stream().filter(problem -> problem.severity() == Problem.Severity.ERROR).count();
    return errors == 1
        ? "the configuration has an error"
        : "the configuration has %d errors".formatted(errors);
  }
}
