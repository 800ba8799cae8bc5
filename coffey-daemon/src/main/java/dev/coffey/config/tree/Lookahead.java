package dev.coffey.config.tree;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.scanner.Scanner;
import org.yaml.snakeyaml.tokens.Token;

/// Holds the next token, about which the parser asks several times before it takes it: each time
/// the scanner would go through all keys that are still possible.
final class Lookahead implements Scanner {
  private final Scanner scanner;
  private @Nullable Token next;

  Lookahead(Scanner scanner) {
    this.scanner = scanner;
  }

  @Override
  public Token peekToken() {
    Token known = next;
    if (known == null) {
      // The scanner settles what the token is when it is asked for it, not when it is taken.
      Token _ = scanner.peekToken();
      known = scanner.getToken();
      next = known;
    }
    return known;
  }

  @Override
  public Token getToken() {
    Token taken = peekToken();
    next = null;
    return taken;
  }

  @Override
  public boolean checkToken(Token.ID kind) {
    return peekToken().getTokenId() == kind;
  }

  @Override
  public boolean checkToken(Token.ID... kinds) {
    Token.ID here = peekToken().getTokenId();
    for (Token.ID kind : kinds) {
      if (here == kind) {
        return true;
      }
    }
    return kinds.length == 0;
  }

  @Override
  public void resetDocumentIndex() {
    scanner.resetDocumentIndex();
  }
}
