package io.sabot.engine.io;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Consumer;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.system.StreamRDF;
import org.apache.jena.sparql.core.Quad;

/// Parses on a thread of its own while the caller's thread takes what was parsed: a transaction
/// belongs to one thread.
final class ReadAhead implements StreamRDF {
  private static final int BATCH = 2048;
  private static final int BATCHES_AHEAD = 16;
  private static final List<Quad> END = List.of();

  private final ArrayBlockingQueue<List<Quad>> batches = new ArrayBlockingQueue<>(BATCHES_AHEAD);
  private List<Quad> filling = new ArrayList<>(BATCH);

  private ReadAhead() {}

  /// @param parser hands what it reads to the stream that it is given
  static void parse(Consumer<StreamRDF> parser, StreamRDF sink) {
    ReadAhead ahead = new ReadAhead();
    Throwable[] failure = new Throwable[1];
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name("sabot-rdf-parser")
            .start(() -> {
              try {
                parser.accept(ahead);
                ahead.send();
              } catch (Stopped _) {
                // The caller has failed and waits for nothing.
              } catch (RuntimeException | Error e) {
                failure[0] = e;
              } finally {
                ahead.end();
              }
            });
    boolean done = false;
    try {
      ahead.drain(sink);
      done = true;
    } finally {
      if (!done) {
        thread.interrupt();
        ahead.batches.clear();
      }
    }
    join(thread);
    switch (failure[0]) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(failure[0]);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Stopped();
    }
  }

  private void drain(StreamRDF sink) {
    try {
      for (List<Quad> batch = batches.take(); batch != END; batch = batches.take()) {
        for (Quad quad : batch) {
          if (quad.isTriple()) {
            sink.triple(quad.asTriple());
          } else {
            sink.quad(quad);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Stopped();
    }
  }

  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;

    Stopped() {
      super("interrupted", null, false, false);
    }
  }

  private void add(Quad quad) {
    filling.add(quad);
    if (filling.size() == BATCH) {
      send();
    }
  }

  private void send() {
    put(filling);
    filling = new ArrayList<>(BATCH);
  }

  private void put(List<Quad> batch) {
    try {
      if (!batch.isEmpty()) {
        batches.put(batch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Stopped();
    }
  }

  private void end() {
    try {
      batches.put(END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void triple(Triple triple) {
    add(new Quad(Quad.tripleInQuad, triple));
  }

  @Override
  public void quad(Quad quad) {
    add(quad);
  }

  @Override
  public void start() {}

  @Override
  public void base(String iri) {}

  @Override
  public void prefix(String prefix, String iri) {}

  @Override
  public void version(String version) {}

  @Override
  public void finish() {}
}
