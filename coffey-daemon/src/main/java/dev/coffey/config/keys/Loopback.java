package dev.coffey.config.keys;

import java.util.regex.Pattern;

/// The hosts that are this machine whatever a name server says.
public final class Loopback {
  private static final Pattern HOST =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|::1|\\[::1]");

  private Loopback() {}

  /// Whether a host as it is written is one of them; `127.example.org` is not.
  public static boolean is(String host) {
    return HOST.matcher(host).matches();
  }
}
