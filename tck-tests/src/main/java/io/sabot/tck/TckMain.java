package io.sabot.tck;

/// Entry point of `./sabot`.
public final class TckMain {
  private TckMain() {}

  public static void main(String[] arguments) {
    System.out.println("usage: sabot tck");
  }
}
