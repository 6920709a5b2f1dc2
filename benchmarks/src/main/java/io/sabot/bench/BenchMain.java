package io.sabot.bench;

/// Entry point of `./sabot`.
public final class BenchMain {
  private BenchMain() {}

  public static void main(String[] arguments) {
    System.out.println("usage: sabot bench");
  }
}
