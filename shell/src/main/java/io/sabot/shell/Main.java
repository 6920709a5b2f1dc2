package io.sabot.shell;

/// Entry point of `./sabot`.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.out.println("usage: sabot [run | demo | import | tck | bench] ...");
  }
}
