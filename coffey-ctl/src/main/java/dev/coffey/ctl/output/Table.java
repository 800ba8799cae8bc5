package dev.coffey.ctl.output;

import dev.coffey.ctl.output.Palette.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Rows in aligned columns that fit a width: empty columns go, then the least important ones, then
/// the last is cut.
final class Table {
  private static final String GAP = "  ";
  private static final int LAST_COLUMN_MIN = 16;

  /// A column; a higher `rank` goes earlier when there is no room. Rank 0 never goes.
  record Column(String title, boolean right, int rank) {}

  /// What stands in a row under one column.
  record Cell(String text, Tone tone) {
    Cell(String text) {
      this(text, Tone.NONE);
    }
  }

  private final List<Column> columns;
  private final List<List<Cell>> rows = new ArrayList<>();

  Table(List<Column> columns) {
    this.columns = List.copyOf(columns);
  }

  void add(List<Cell> row) {
    rows.add(List.copyOf(row));
  }

  List<String> lines(Palette palette, int width) {
    int[] widths = IntStream.range(0, columns.size()).map(this::width).toArray();
    List<Integer> shown =
        new ArrayList<>(IntStream.range(0, columns.size()).filter(this::isUsed).boxed().toList());
    while (needed(shown, widths) > width && dropOne(shown)) {
      // One at a time, until it fits or only what must stay is left.
    }
    List<String> lines = new ArrayList<>();
    List<Cell> titles = columns.stream().map(c -> new Cell(c.title(), Tone.FAINT)).toList();
    lines.add(line(titles, shown, widths, palette, width));
    rows.forEach(row -> lines.add(line(row, shown, widths, palette, width)));
    return lines;
  }

  private boolean isUsed(int column) {
    return columns.get(column).rank() == 0
        || rows.stream().anyMatch(row -> !row.get(column).text().isEmpty());
  }

  private boolean dropOne(List<Integer> shown) {
    int least = shown.getFirst();
    for (int column : shown) {
      if (columns.get(column).rank() > columns.get(least).rank()) {
        least = column;
      }
    }
    int dropped = least;
    return columns.get(least).rank() > 0 && shown.removeIf(column -> column == dropped);
  }

  /// The last column may be cut, so it counts only as far as it has to be readable.
  private static int needed(List<Integer> shown, int[] widths) {
    int last = shown.getLast();
    return shown.stream()
        .mapToInt(c -> c == last ? Math.min(widths[c], LAST_COLUMN_MIN) : widths[c] + GAP.length())
        .sum();
  }

  private int width(int column) {
    int widest = length(columns.get(column).title());
    for (List<Cell> row : rows) {
      widest = Math.max(widest, length(row.get(column).text()));
    }
    return widest;
  }

  private String line(
      List<Cell> row, List<Integer> shown, int[] widths, Palette palette, int width) {
    StringBuilder line = new StringBuilder();
    int used = 0;
    for (int column : shown) {
      Cell cell = row.get(column);
      boolean last = column == shown.getLast();
      String text = last ? cut(cell.text(), Math.max(width - used, 1)) : cell.text();
      String fill = last ? "" : " ".repeat(widths[column] - length(text));
      String painted = palette.paint(cell.tone(), text);
      line.append(columns.get(column).right() ? fill + painted : painted + fill);
      line.append(last ? "" : GAP);
      used += length(text) + fill.length() + GAP.length();
    }
    return line.toString().stripTrailing();
  }

  private static String cut(String text, int width) {
    return length(text) <= width
        ? text
        : text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…";
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
