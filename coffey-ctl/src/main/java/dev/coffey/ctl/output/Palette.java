package dev.coffey.ctl.output;

/// Colour where it was asked for and plain text elsewhere; never the only carrier of a meaning.
public enum Palette {
  /// No escape sequence leaves this one.
  PLAIN,
  /// The sixteen colours every terminal has.
  COLOURED;

  /// What a piece of text is, as far as its look goes.
  public enum Tone {
    NONE(""),
    STRONG("1"),
    FAINT("2"),
    GOOD("32"),
    BUSY("33"),
    BAD("31");

    private final String code;

    Tone(String code) {
      this.code = code;
    }
  }

  private static final int[] NAME_COLOURS = {36, 35, 34, 33, 32, 96, 95, 94, 93, 92};

  public String paint(Tone tone, String text) {
    return this == PLAIN || tone == Tone.NONE || text.isEmpty()
        ? text
        : "\u001b[" + tone.code + "m" + text + "\u001b[0m";
  }

  /// The same name has the same colour in every call.
  String paintName(String name, String text) {
    int colour = NAME_COLOURS[Math.floorMod(name.hashCode(), NAME_COLOURS.length)];
    return this == PLAIN ? text : "\u001b[" + colour + "m" + text + "\u001b[0m";
  }
}
