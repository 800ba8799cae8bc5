package dev.coffey.ctl.command;

import com.google.protobuf.ByteString;
import dev.coffey.ctl.client.Attached;
import dev.coffey.ctl.output.AttachJson;
import dev.coffey.ctl.output.Screen;
import dev.coffey.ctl.output.ServiceText;
import dev.coffey.v1.AttachRequest;
import dev.coffey.v1.AttachResponse;
import dev.coffey.v1.AttachStart;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Connects to a service's terminal or pipes, until the caller leaves.
final class AttachVerb implements Verb {
  private static final String READ_ONLY = "--read-only";
  private static final String LINES = "--lines";
  private static final int LINES_DEFAULT = 10;
  private static final int INPUT_BYTES_MAX = 4096;

  /// What Ctrl-] types.
  private static final byte DETACH = 0x1d;

  @Override
  public String name() {
    return "attach";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Specs.verb(
            name(),
            new Specs.Page(
                "Connect to the terminal of a service; Ctrl-] leaves, and the service goes on.",
                List.of(
                    "Needs 'tty: true'; with 'stdin: pipe' or neither, connects to its pipes.",
                    "When its own input is no terminal, sends that, and ends with the run."),
                List.of("attach console", "attach web --read-only -n 100")));
    spec.addPositional(Specs.one("0", Selection.SERVICE, "Its name."));
    spec.addOption(Specs.flag("Send nothing, only look.", READ_ONLY));
    spec.addOption(Specs.value("N", "How many of its last lines to show first; 10.", "-n", LINES));
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Session session) {
    AttachStart.Builder start =
        AttachStart.newBuilder()
            .setService(arguments.matchedPositionalValue(0, ""))
            .setReadOnly(arguments.hasMatchedOption(READ_ONLY))
            .setHistoryLines(lines(arguments));
    Optional<RawTerminal> terminal = RawTerminal.take();
    try {
      terminal.flatMap(_ -> RawTerminal.size()).ifPresent(start::setSize);
      try (Attached attached = session.daemon().attach(start.build())) {
        Thread typing =
            new Thread(() -> type(session.input(), attached, terminal.isPresent()), "typing");
        typing.setDaemon(true);
        typing.start();
        show(session, attached, terminal.isPresent());
      }
    } finally {
      terminal.ifPresent(RawTerminal::close);
    }
    return ExitCode.DONE.number();
  }

  private static int lines(ParseResult arguments) {
    String text = arguments.matchedOptionValue(LINES, String.valueOf(LINES_DEFAULT));
    if (!text.matches("\\d{1,4}")) {
      throw VerbFailed.usage("--lines takes a number up to 9999, not '%s'".formatted(text));
    }
    return Integer.parseInt(text);
  }

  private static void show(Session session, Attached attached, boolean interactive) {
    try {
      Optional<AttachResponse> next = attached.next();
      while (next.isPresent()) {
        show(session.screen(), next.get());
        if (next.get().hasEnded() && !interactive) {
          return;
        }
        next = attached.next();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void show(Screen screen, AttachResponse response) {
    if (screen.isJson()) {
      screen.document(AttachJson.of(response));
    } else {
      switch (response.getMessageCase()) {
        case OUTPUT -> screen.bytes(response.getOutput().getData().toByteArray());
        case SERVICE ->
            screen.note(
                "[attached to '%s'%s; Ctrl-] leaves]\r"
                    .formatted(
                        response.getService().getName(),
                        response.getService().hasPid()
                            ? ", pid " + response.getService().getPid()
                            : ", which has no process"));
        case ENDED ->
            screen.note("\r[ended: %s]\r".formatted(ServiceText.result(response.getEnded())));
        case MESSAGE_NOT_SET -> {}
      }
    }
    screen.flush();
  }

  private static void type(InputStream in, Attached attached, boolean interactive) {
    byte[] buffer = new byte[INPUT_BYTES_MAX];
    try {
      int count = in.read(buffer);
      while (count > 0) {
        int end = interactive ? detach(buffer, count) : count;
        if (end > 0) {
          ByteString typed = ByteString.copyFrom(Arrays.copyOf(buffer, end));
          attached.send(AttachRequest.newBuilder().setInput(typed).build());
        }
        if (end < count) {
          attached.close();
          return;
        }
        count = in.read(buffer);
      }
    } catch (IOException gone) {
      attached.close();
      return;
    }
    if (interactive) {
      attached.close();
    } else {
      attached.send(AttachRequest.newBuilder().setCloseInput(true).build());
    }
  }

  private static int detach(byte[] typed, int count) {
    for (int at = 0; at < count; at++) {
      if (typed[at] == DETACH) {
        return at;
      }
    }
    return count;
  }
}
