package dev.coffey.config.keys;

import dev.coffey.spec.ServiceName;
import java.util.regex.Pattern;

/// What a text must look like, in words for people and as an expression for machines.
public enum Grammar {
  ANY("text", "[\\s\\S]*"),
  FILLED("text that is not empty", "[\\s\\S]+"),
  SERVICE_NAME(
      ServiceName.GRAMMAR, "[A-Za-z0-9][A-Za-z0-9_.-]{0,62}(@[A-Za-z0-9][A-Za-z0-9_.-]{0,62})?"),
  SERVICE_PATTERN("a service's name, or a pattern with '*' and '?'", "[A-Za-z0-9_.@*?-]{1,130}"),
  WORD(
      "a letter or digit, then up to 62 letters, digits, '_', '.' or '-'",
      "[A-Za-z0-9][A-Za-z0-9_.-]{0,62}"),
  LABEL(
      "a letter or digit, then up to 126 letters, digits, '_', '.', '/' or '-'",
      "[A-Za-z0-9][A-Za-z0-9_./-]{0,126}"),
  ENV_NAME("a variable's name without '='", "[^=\\s\\x00]+"),
  ASSIGNMENT("NAME=value", "[^=\\s\\x00]+=[\\s\\S]*"),
  PATH("a path", "[^\\x00]+"),
  USER("the name or number of one user", "[^\\s:/,]+"),
  GROUP("the name or number of one group", "[^\\s:/,]+"),
  ADDRESS("host:port", "([A-Za-z0-9_.-]*|\\[[0-9A-Fa-f:.]+\\]):[0-9]{1,5}"),
  LISTENER(
      "a port, host:port or the path of a Unix socket",
      "([A-Za-z0-9_.-]*:|\\[[0-9A-Fa-f:.]+\\]:|(tcp|udp):)?[0-9]{1,5}(/(tcp|udp))?|/.+|unix:/.+"),
  URL("an http:// or https:// URL", "https?://[^\\s/?#]+[^\\s]*"),
  HEADER_NAME("a header's name", "[A-Za-z0-9!#$%&'*+.^_`|~-]+"),
  HEADER_VALUE("text on one line", "[^\\x00-\\x1F\\x7F]*"),
  STATUS("codes such as 2xx or 200,204", "[1-5]([0-9]{2}|xx)(,\\s*[1-5]([0-9]{2}|xx))*"),
  PATTERN("a regular expression", "[\\s\\S]+"),
  OCTAL("an octal mode such as 0660", "0?[0-7]{3}|0"),
  CODE("an exit code from 0 to 255 or a signal's name", "[0-9]{1,3}|[A-Za-z]+[A-Za-z0-9+]*"),
  LIMIT(
      "a number, a size, 'unlimited', or two of them as soft:hard",
      "(unlimited|[0-9]+([KMGTkmgt](iB)?)?)(:(unlimited|[0-9]+([KMGTkmgt](iB)?)?))?"),
  IONICE(
      "idle, best-effort, realtime, or one of the latter two with a level as in best-effort:4",
      "idle|(best-effort|realtime)(:[0-7])?"),
  CPU(
      "a share of one CPU such as 150%, or '$MAX $PERIOD'",
      "[0-9]+(\\.[0-9]+)?%|(max|[0-9]+) [0-9]+"),
  RATE("a number per unit of time such as 20/s", "[0-9]+(\\.[0-9]+)?/(s|m|h)"),
  ANY_KEY("text that is not empty", "[\\s\\S]+"),
  SETTING("path=value such as services.api.env.PORT=1", "[^=]+=[\\s\\S]*");

  private static final String NOT_IN_NAME = "= \t\n\u000B\f\r\0";

  private final String what;
  private final Pattern pattern;

  Grammar(String what, String regex) {
    this.what = what;
    this.pattern = Pattern.compile(regex);
  }

  /// What is allowed, in words.
  String what() {
    return what;
  }

  /// What is allowed, as an expression over the whole text.
  String regex() {
    return pattern.pattern();
  }

  boolean matches(String text) {
    return switch (this) {
      case ANY -> true;
      case FILLED, ANY_KEY, PATTERN -> !text.isEmpty();
      case PATH -> !text.isEmpty() && text.indexOf('\0') < 0;
      case SERVICE_NAME -> ServiceName.valid(text);
      case ENV_NAME -> isName(text, text.length());
      case ASSIGNMENT -> isName(text, text.indexOf('='));
      default -> pattern.matcher(text).matches();
    };
  }

  /// Whether a variable's name ends here; by hand, as there are many.
  private static boolean isName(String text, int end) {
    for (int i = 0; i < end; i++) {
      if (NOT_IN_NAME.indexOf(text.charAt(i)) >= 0) {
        return false;
      }
    }
    return end > 0;
  }
}
