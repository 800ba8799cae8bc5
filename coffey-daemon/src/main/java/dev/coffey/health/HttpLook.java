package dev.coffey.health;

import dev.coffey.spec.Check;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Good when an HTTP request is answered with an accepted status, and a body that matches where a
/// pattern is given.
///
/// A plain HTTP/1.1 exchange on a socket of its own: the JDK's client would bring a selector
/// thread, a pool that outlives a service's restart, and some hundred classes at the first probe.
/// Redirects are answers like any other.
record HttpLook(Check.Http check) implements Look {
  @Override
  public Verdict take() throws IOException {
    StatusPattern status = StatusPattern.parse(check.status());
    URI uri = uri();
    byte[] request = request(uri);
    try (Socket socket = connect(uri)) {
      socket.getOutputStream().write(request);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      HttpAnswer answer = HttpAnswer.read(in);
      if (!status.matches(answer.code())) {
        return Verdict.bad("%s, wanted %s".formatted(answer.statusText(), status.text()));
      }
      return check.bodyPattern().isEmpty()
          ? Verdict.good(answer.statusText())
          : judgeBody(answer, answer.body(in, check.method()));
    }
  }

  private Verdict judgeBody(HttpAnswer answer, String body) throws IOException {
    Pattern pattern;
    try {
      pattern = Pattern.compile(check.bodyPattern());
    } catch (PatternSyntaxException e) {
      throw new IOException("cannot probe: body pattern: " + e.getDescription(), e);
    }
    return pattern.matcher(new InterruptibleText(body)).find()
        ? Verdict.good(answer.statusText() + ", body matches")
        : Verdict.bad(
            "%s, but the body does not match '%s': %s"
                .formatted(answer.statusText(), check.bodyPattern(), body));
  }

  private URI uri() throws IOException {
    try {
      URI uri = URI.create(check.url());
      if (uri.getHost() != null && ("http".equals(uri.getScheme()) || secure(uri))) {
        return uri;
      }
    } catch (IllegalArgumentException _) {
      // Said below.
    }
    throw new IOException(
        "cannot probe: url must be http://host…, not '%s'".formatted(check.url()));
  }

  private static boolean secure(URI uri) {
    return "https".equals(uri.getScheme());
  }

  private static Socket connect(URI uri) throws IOException {
    String host = uri.getHost().replaceAll("^\\[|]$", "");
    int port = uri.getPort() >= 0 ? uri.getPort() : secure(uri) ? 443 : 80;
    Address address = new Address(host, port);
    Socket socket = address.connect();
    return secure(uri) ? Tls.over(socket, address) : socket;
  }

  private byte[] request(URI uri) throws IOException {
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    SortedMap<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Host", uri.getRawAuthority().replaceFirst("^[^@]*@", ""));
    headers.put("User-Agent", "coffeyd");
    headers.put("Accept", "*/*");
    if (!check.method().matches("GET|HEAD")) {
      headers.put("Content-Length", "0");
    }
    headers.putAll(check.headers());
    headers.put("Connection", "close");
    StringBuilder text = new StringBuilder();
    text.append(check.method()).append(' ').append(target).append(" HTTP/1.1");
    for (Map.Entry<String, String> header : headers.entrySet()) {
      text.append("\r\n").append(oneLine(header.getKey())).append(": ");
      text.append(oneLine(header.getValue()));
    }
    return text.append("\r\n\r\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String oneLine(String text) throws IOException {
    if (text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0) {
      throw new IOException("cannot probe: a header must be one line, not '%s'".formatted(text));
    }
    return text;
  }
}
