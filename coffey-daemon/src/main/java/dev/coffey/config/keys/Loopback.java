package dev.coffey.config.keys;

import java.util.regex.Pattern;

/// The hosts that are this machine whatever a name server says.
public final class Loopback {
  private static final Pattern HOST =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|::1|\\[::1]");

  private static final String USUAL = "http://127.0.0.1:";
  private static final int PORT_MAX = 65_535;

  private Loopback() {}

  /// Whether a host as it is written is one of them; `127.example.org` is not.
  public static boolean is(String host) {
    return HOST.matcher(host).matches();
  }

  /// Whether a text is a URL of this machine as nearly all are written; told by hand, since there
  /// may be one for each service.
  public static boolean isPlainUrl(String text) {
    if (!text.startsWith(USUAL)) {
      return false;
    }
    int at = USUAL.length();
    int port = 0;
    while (at < text.length() && isDigit(text.charAt(at)) && port <= PORT_MAX) {
      port = port * 10 + text.charAt(at++) - '0';
    }
    if (port < 1 || port > PORT_MAX || (at < text.length() && text.charAt(at) != '/')) {
      return false;
    }
    while (at < text.length() && isPlain(text.charAt(at))) {
      at++;
    }
    return at == text.length();
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || isDigit(c)
        || c == '/'
        || c == '-'
        || c == '_'
        || c == '.';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
