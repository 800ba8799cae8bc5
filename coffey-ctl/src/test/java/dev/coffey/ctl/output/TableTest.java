package dev.coffey.ctl.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.ctl.output.Table.Cell;
import dev.coffey.ctl.output.Table.Column;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  private final Table table =
      new Table(
          List.of(
              new Column("NAME", false, 0),
              new Column("N", true, 2),
              new Column("SIZE", true, 1),
              new Column("EMPTY", false, 1),
              new Column("WHY", false, 0)));

  TableTest() {
    row("alpha", "1", "10 MiB", "it has to be somewhere");
    row("b", "200", "1 KiB", "");
  }

  @Test
  void columnsAreAlignedAndEmptyOnesLeftOut() {
    assertThat(table.lines(Palette.PLAIN, 200))
        .containsExactly(
            "NAME     N    SIZE  WHY",
            "alpha    1  10 MiB  it has to be somewhere",
            "b      200   1 KiB");
  }

  @Test
  void lastColumnIsCutFirst() {
    assertThat(table.lines(Palette.PLAIN, 36))
        .containsExactly(
            "NAME     N    SIZE  WHY",
            "alpha    1  10 MiB  it has to be so…",
            "b      200   1 KiB");
  }

  @Test
  void leastImportantColumnsGoNext() {
    assertThat(table.lines(Palette.PLAIN, 31))
        .containsExactly("NAME     SIZE  WHY", "alpha  10 MiB  it has to be so…", "b       1 KiB");
  }

  @Test
  void whatMustStayStays() {
    assertThat(table.lines(Palette.PLAIN, 10)).containsExactly("NAME   WHY", "alpha  it…", "b");
  }

  private void row(String name, String number, String size, String why) {
    table.add(
        List.of(new Cell(name), new Cell(number), new Cell(size), new Cell(""), new Cell(why)));
  }
}
