package dev.coffey.config.tree;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what nearly all files are made of, in a tenth of the time: maps and lists in blocks or on
/// one line, plain texts and texts in quotes, comments. At the first sign of anything else it gives
/// the whole file up, to the parser that knows all of YAML and what is wrong with it.
final class PlainParser {
  private static final int NESTING_MAX = 20;
  private static final int KEY_CHARS_MAX = 128;

  /// So many fields have most maps that stand on one line.
  private static final int FLOW_FIELDS = 4;

  /// Words met before, for the same few keys and values come again and again.
  private static final int WORDS = 256;

  private static final int WORD_CHARS_MAX = 24;

  /// The file needs the other parser.
  private static final class Unusual extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unusual() {
      super(null, null, false, false);
    }
  }

  private final Source source;
  private final String text;

  /// The same, letter by letter.
  private final byte[] letters;

  private final @Nullable String[] words = new String[WORDS];

  /// The line that is looked at: its number, where it begins and ends, and the column of the first
  /// letter; -1 behind the last line.
  private int line;

  private int start;
  private int end = -1;
  private int indent;

  /// The next letter to be read.
  private int at;

  private PlainParser(Source source, String text, byte[] letters) {
    this.source = source;
    this.text = text;
    this.letters = letters;
  }

  /// The file's tree; nothing when it takes more to read it.
  static @Nullable Tree parse(Source source, String text) {
    byte[] letters = text.getBytes(StandardCharsets.UTF_8);
    if (!isPlain(letters)) {
      return null;
    }
    try {
      PlainParser parser = new PlainParser(source, text, letters);
      parser.advance();
      if (parser.indent != 0) {
        return null;
      }
      Tree tree = parser.block(0);
      return parser.indent < 0 ? tree : null;
    } catch (Unusual _) {
      return null;
    }
  }

  private static boolean isPlain(byte[] letters) {
    for (byte c : letters) {
      if ((c < ' ' && c != '\n') || c > '~') {
        return false;
      }
    }
    return true;
  }

  /// To the next line that holds more than blanks and a comment.
  private void advance() {
    do {
      start = end + 1;
      if (start >= letters.length) {
        indent = -1;
        return;
      }
      line++;
      int newline = text.indexOf('\n', start);
      end = newline < 0 ? letters.length : newline;
      at = start;
      skipBlanks();
    } while (at == end || letters[at] == '#');
    indent = at - start;
  }

  private Tree block(int depth) {
    if (depth > NESTING_MAX) {
      throw new Unusual();
    }
    return isItem(at) ? sequence(depth) : mapping(depth);
  }

  private Tree mapping(int depth) {
    int column = indent;
    Place place = place(at);
    LinkedHashMap<String, Tree.Field> fields = new LinkedHashMap<>();
    do {
      Place here = place(at);
      String key = key();
      Place behind = place(at);
      skipBlanks();
      Tree value = isLineOver() ? below(column, depth, behind) : inLine(column, depth);
      put(fields, key, new Tree.Field(here, value));
    } while (indent == column && !isItem(at));
    if (indent >= column) {
      throw new Unusual();
    }
    return new Tree.Mapping(fields, false, place);
  }

  /// What stands under a key; a list may begin in the key's own column.
  private Tree below(int column, int depth, Place behind) {
    advance();
    boolean belongs = indent > column || (indent == column && isItem(at));
    Tree value = belongs ? block(depth + 1) : new Tree.Empty(behind);
    if (indent > column) {
      throw new Unusual();
    }
    return value;
  }

  private Tree sequence(int depth) {
    int column = indent;
    Place place = place(at);
    List<Tree> items = new ArrayList<>();
    do {
      at++;
      skipBlanks();
      if (isLineOver() || isItem(at)) {
        throw new Unusual();
      }
      if (isKey(keyEnd(at))) {
        indent = at - start;
        items.add(mapping(depth + 1));
      } else {
        items.add(inLine(column, depth));
      }
    } while (indent == column && isItem(at));
    if (indent > column) {
      throw new Unusual();
    }
    return new Tree.Sequence(items, false, place);
  }

  /// A value that ends with its line.
  private Tree inLine(int column, int depth) {
    Tree value = value(depth, false);
    skipBlanks();
    if (!isLineOver()) {
      throw new Unusual();
    }
    advance();
    if (indent > column) {
      throw new Unusual();
    }
    return value;
  }

  private Tree value(int depth, boolean flow) {
    if (at >= end || depth > NESTING_MAX) {
      throw new Unusual();
    }
    return switch (letters[at]) {
      case '[' -> flowSequence(depth + 1);
      case '{' -> flowMapping(depth + 1);
      case '"', '\'' -> quoted();
      default -> plain(flow);
    };
  }

  private Tree flowSequence(int depth) {
    Place place = place(at++);
    List<Tree> items = new ArrayList<>();
    skipBlanks();
    if (!take(']')) {
      do {
        skipBlanks();
        items.add(value(depth, true));
        skipBlanks();
      } while (take(','));
      demand(']');
    }
    return new Tree.Sequence(items, false, place);
  }

  private Tree flowMapping(int depth) {
    Place place = place(at++);
    LinkedHashMap<String, Tree.Field> fields = new LinkedHashMap<>(FLOW_FIELDS);
    skipBlanks();
    if (!take('}')) {
      do {
        skipBlanks();
        Place here = place(at);
        String key = key();
        skipBlanks();
        put(fields, key, new Tree.Field(here, value(depth, true)));
        skipBlanks();
      } while (take(','));
      demand('}');
    }
    return new Tree.Mapping(fields, false, place);
  }

  private static void put(Map<String, Tree.Field> fields, String key, Tree.Field field) {
    if (fields.putIfAbsent(key, field) != null) {
      throw new Unusual();
    }
  }

  private Tree quoted() {
    int close = text.indexOf(letters[at], at + 1);
    if (close < 0 || close >= end || isDoubled(close)) {
      throw new Unusual();
    }
    String inside = text.substring(at + 1, close);
    if (inside.indexOf('\\') >= 0) {
      throw new Unusual();
    }
    Place place = place(at);
    at = close + 1;
    return new Tree.Scalar(inside, true, place);
  }

  private boolean isDoubled(int close) {
    return close + 1 < end && letters[close + 1] == letters[close];
  }

  private Tree plain(boolean flow) {
    int from = at;
    byte first = letters[from];
    boolean usual = isWord(first) || "/.$+~(".indexOf(first) >= 0;
    boolean dashed = first == '-' && from + 1 < end && isWord(letters[from + 1]);
    boolean twice =
        first == '-' && from + 2 < end && text.startsWith("--", from) && isWord(letters[from + 2]);
    if (!usual && !dashed && !twice) {
      throw new Unusual();
    }
    while (at < end && !endsPlain(flow)) {
      at++;
    }
    int to = at;
    while (letters[to - 1] == ' ') {
      to--;
    }
    String word = word(from, to);
    return TreeBuilder.EMPTY.contains(word)
        ? new Tree.Empty(place(from))
        : new Tree.Scalar(word, false, place(from));
  }

  private boolean endsPlain(boolean flow) {
    byte c = letters[at];
    if (c == ':' && (at + 1 == end || " ,[]{}".indexOf(letters[at + 1]) >= 0)) {
      throw new Unusual();
    }
    if (c == '#') {
      return letters[at - 1] == ' ';
    }
    if (flow && (c == '[' || c == '{' || c == '?')) {
      throw new Unusual();
    }
    return flow && (c == ',' || c == ']' || c == '}');
  }

  /// A key and its colon, behind which a blank or nothing stands.
  private String key() {
    int from = at;
    int colon = keyEnd(from);
    if (!isKey(colon)) {
      throw new Unusual();
    }
    String key = word(from, colon);
    if (TreeBuilder.EMPTY.contains(key) || key.length() > KEY_CHARS_MAX) {
      throw new Unusual();
    }
    at = colon + 1;
    return key;
  }

  private String word(int from, int to) {
    int length = to - from;
    if (length > WORD_CHARS_MAX) {
      return text.substring(from, to);
    }
    int ends = letters[from] * 31 + letters[to - 1];
    int slot = ((ends * 31 + letters[from + length / 2]) * 31 + length) % WORDS;
    String known = words[slot];
    if (known == null || known.length() != length || !text.startsWith(known, from)) {
      known = text.substring(from, to);
      words[slot] = known;
    }
    return known;
  }

  /// Whether what ends here is a key.
  private boolean isKey(int colon) {
    return colon > at
        && isWord(letters[at])
        && colon < end
        && letters[colon] == ':'
        && (colon + 1 == end || letters[colon + 1] == ' ');
  }

  private int keyEnd(int from) {
    int to = from;
    while (to < end && isInKey(letters[to])) {
      to++;
    }
    return to;
  }

  private static boolean isInKey(byte c) {
    return isWord(c) || c == '-' || c == '.' || c == '/' || c == '@';
  }

  private static boolean isWord(byte c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  private boolean isItem(int position) {
    return position + 1 < end && letters[position] == '-' && letters[position + 1] == ' ';
  }

  private boolean isLineOver() {
    return at == end || (letters[at] == '#' && letters[at - 1] == ' ');
  }

  private void skipBlanks() {
    while (at < end && letters[at] == ' ') {
      at++;
    }
  }

  private boolean take(char c) {
    boolean there = at < end && letters[at] == c;
    at += there ? 1 : 0;
    return there;
  }

  private void demand(char c) {
    if (!take(c)) {
      throw new Unusual();
    }
  }

  private Place place(int position) {
    return new Place(source, line, position - start + 1);
  }
}
